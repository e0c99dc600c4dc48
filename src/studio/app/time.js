// Times for people.

/** @param {number} time */
export const formatTime = (time) => {
  const date = new Date(time);
  const clock = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const isToday = date.toDateString() === new Date().toDateString();
  return date.toLocaleString("en-GB", isToday ? clock : { ...clock, day: "numeric", month: "short" });
};
