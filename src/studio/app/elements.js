// Elements of body.html.

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export const find = (id) => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`studio.html has no element ${id}`);
  return element;
};
