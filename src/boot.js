// Before anything is drawn: the chosen theme. While the program is on its way: its first questions to the API.
// And where it cannot be started: a word instead of a blank page.
(() => {
  try {
    const theme = localStorage.getItem('workspace-console.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch { /* Without storage the system decides. */ }

  // Who am I, and which workspaces are there: without a key, as a proxy that holds it lets everybody ask who may come
  // this far. `api::transport` takes the answers over by their address. A tab that keeps a key asks by itself.
  try {
    if (!sessionStorage.getItem('workspace-console.key')) {
      const base = document.querySelector('meta[name=api-base]').content.replace(/\/+$/, '');
      const ask = { headers: { Accept: 'application/json' }, cache: 'no-store', referrerPolicy: 'no-referrer' };
      window.early = new Map(['/key', '/workspaces?offset=0&limit=100'].map((path) => {
        const answer = fetch(base + path, ask);
        answer.catch(() => {}); // Whoever takes it over hears of it.
        return [base + path, answer];
      }));
    }
  } catch { /* Then the program asks, as it does for everything else. */ }

  // One tab at a time carries out a job: a lock of the browser's, free again when its tab is gone (`state::jobs::lock`).
  const { locks } = navigator;
  window.claim = (name) => new Promise((tell) => (locks
    ? locks.request(name, { ifAvailable: true }, (it) => it && new Promise((free) => tell(free))).then(() => tell())
    : tell(() => {})));

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
