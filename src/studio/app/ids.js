// Names for workspaces and documents that no other has.

/** Returns a random id. `crypto.randomUUID` does not exist at an address without TLS. */
export const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
