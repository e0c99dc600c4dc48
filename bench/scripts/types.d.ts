// Names that no library of TypeScript declares.

declare module "node:*";
declare var process: { argv: string[] };

interface Performance {
  /** Chromium only, on an isolated page. */
  measureUserAgentSpecificMemory?(): Promise<{ breakdown: { bytes: number; attribution: { url: string }[] }[] }>;
}

interface Window {
  /** Times of events, in ms. */
  times: number[];
  /** Times of a key, its frame and the page's frame, in ms. */
  keyTimes: any;
  /** The change that is on the page, and the time when it was painted, in ms since 1970. */
  turn?: string;
  painted?: number;
  /** Number of previews that a frame after their click did not have. */
  late: number;
  /** Times between frames, in ms. */
  intervals: number[];
}

/** Exports of the search program, and of the one that counts facets. */
declare var notebookSearch: any;
declare var notebookFacets: any;
