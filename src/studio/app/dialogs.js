// Questions to the author, and notices above the editor.

/** @typedef {{ value: string, label: string }} Answer */

/**
 * Asks a question. Returns the value of the answer, or an empty text if the author closes the dialog.
 * @param {string} title
 * @param {string} text
 * @param {Answer[]} answers
 * @returns {Promise<string>}
 */
export const ask = (title, text, answers) => {
  const dialog = document.createElement("dialog");
  const heading = Object.assign(document.createElement("h2"), { textContent: title, id: "question" });
  dialog.setAttribute("aria-labelledby", heading.id);
  const form = Object.assign(document.createElement("form"), { method: "dialog" });
  const buttons = [...answers, { value: "", label: "Cancel" }].map(({ value, label }) =>
    Object.assign(document.createElement("button"), { value, textContent: label }),
  );
  form.append(...buttons);
  dialog.append(heading, Object.assign(document.createElement("p"), { textContent: text }), form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
};

/**
 * Shows a sentence until it is closed or replaced.
 * @param {string} text
 * @param {{ label: string, run: () => void }} [action]
 */
export const notify = (text, action) => {
  const notice = /** @type {HTMLElement} */ (document.getElementById("notice"));
  const hide = () => {
    notice.hidden = true;
    notice.replaceChildren();
  };
  const button = (/** @type {string} */ label, /** @type {() => void} */ run) => {
    const made = Object.assign(document.createElement("button"), { textContent: label });
    made.addEventListener("click", () => {
      hide();
      run();
    });
    return made;
  };
  if (!text) return hide();
  const sentence = Object.assign(document.createElement("p"), { textContent: text });
  notice.hidden = false;
  notice.replaceChildren(sentence, ...(action ? [button(action.label, action.run)] : []), button("Close", () => {}));
};
