// Parts of the browser that TypeScript's library does not describe: the File System Access API, Trusted Types, launched files.

interface FileSystemHandle {
  queryPermission(options: { mode: "read" | "readwrite" }): Promise<PermissionState>;
  requestPermission(options: { mode: "read" | "readwrite" }): Promise<PermissionState>;
}

interface FileType {
  description: string;
  accept: Record<string, string[]>;
}

interface DataTransferItem {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

interface Window {
  showOpenFilePicker?(options: { multiple: boolean; types: FileType[] }): Promise<FileSystemFileHandle[]>;
  showDirectoryPicker?(options: { mode: "read" | "readwrite" }): Promise<FileSystemDirectoryHandle>;
  showSaveFilePicker?(options: { suggestedName: string; types: FileType[] }): Promise<FileSystemFileHandle>;
  launchQueue?: { setConsumer(consumer: (launch: { files: FileSystemFileHandle[] }) => void): void };
  trustedTypes?: {
    createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
  };
}
