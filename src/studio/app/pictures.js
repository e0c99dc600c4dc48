// Pictures of an opened folder, shown on the page from memory.
import { decodeEscapes } from "./choose.js";

export class Pictures {
  /** @type {Map<string, { file: Blob, address: string }>} */
  #pictures = new Map();

  /** @param {Iterable<[path: string, file: Blob]>} pictures */
  replace(pictures) {
    for (const { address } of this.#pictures.values()) URL.revokeObjectURL(address);
    this.#pictures = new Map();
    for (const [path, file] of pictures) this.#pictures.set(path, { file, address: URL.createObjectURL(file) });
  }

  /** @returns {[path: string, file: Blob][]} */
  get files() {
    return [...this.#pictures].map(([path, { file }]) => [path, file]);
  }

  /**
   * Returns the address of a picture in memory.
   * @param {string} source Path as the notebook has it.
   */
  addressOf(source) {
    return this.#pictures.get(pathOf(source))?.address;
  }

  /**
   * Gives the images of the page that name one of the pictures its address in memory.
   * @param {Document} page
   */
  fill(page) {
    if (this.#pictures.size === 0) return;
    for (const image of page.images) {
      const address = this.addressOf(image.getAttribute("src") ?? "");
      if (address) image.src = address;
    }
  }
}

/** @param {string} address */
const pathOf = (address) => {
  const [path] = address.replace(/^(\.\/)+/, "").split(/[?#]/);
  return decodeEscapes(path);
};
