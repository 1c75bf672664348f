
// The preview's alone: what is asked is asked again of the site as it is now, as far down as it was
// read.
document.addEventListener("dateline:changed", async () => {
  head = undefined;
  files.clear();
  if (!question) return;
  const { shown } = question;
  results.style.minHeight = `${results.offsetHeight}px`;
  await search();
  while (question.shown < shown && !more.hidden) await turn(further);
  results.style.minHeight = "";
});
