// Before anything is drawn: the chosen theme. And where the console itself cannot be started, a word instead of a blank page.
(() => {
  try {
    const theme = localStorage.getItem('workspace-console.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch { /* Without storage the system decides. */ }

  let started = false;
  addEventListener('TrunkApplicationStarted', () => { started = true; });
  const say = () => {
    const note = document.getElementById('boot-failure');
    const wait = document.getElementById('boot');
    if (started || !note) return;
    note.hidden = false;
    if (wait) wait.hidden = true;
  };
  // A file of this version that is no longer on the server: a script or style that did not load, or the wasm behind it.
  addEventListener('error', (event) => {
    const tag = event.target && event.target.tagName;
    if (tag === 'SCRIPT' || tag === 'LINK' || !tag) say();
  }, true);
  addEventListener('unhandledrejection', say);
})();
