// Before anything is drawn: the chosen theme. While the program is on its way: its first questions to the API.
// And where it cannot be started: a word instead of a blank page.
(() => {
  try {
    const theme = localStorage.getItem('workspace-console.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch { /* Without storage the system decides. */ }

  // Who am I, and which workspaces are there: without a key, as a proxy that holds it lets everybody ask who may come
  // this far. `api::transport` takes the answers over by their address. A tab that keeps a key asks by itself, and one
  // that was left alone for too long asks nothing until somebody is back.
  try {
    if (!sessionStorage.getItem('workspace-console.key') && !sessionStorage.getItem('workspace-console.idle')) {
      const base = document.querySelector('meta[name=api-base]').content.replace(/\/+$/, '');
      const headers = { Accept: 'application/json' };
      if (base[0] === '/') headers['X-Workspace-Console'] = '1';
      const ask = { headers, cache: 'no-store', referrerPolicy: 'no-referrer' };
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

  // What is over and done with is left without a question: its drafts are kept.
  let isOver = false;
  addEventListener('beforeunload', (event) => {
    if (isOver || document.getElementById('panic')) event.stopImmediatePropagation();
  }, true);
  // A page that the browser kept aside, and Back brings out again, may be older than a sign-out.
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    isOver = document.documentElement.hidden = true;
    location.reload();
  });

  let started = false;
  addEventListener('TrunkApplicationStarted', () => { started = true; });
  const notice = () => document.getElementById('boot-failure')?.content.firstElementChild;
  // A file of this version that is no longer on the server, or not what it was: a script or style that did not load, or
  // the wasm behind it.
  const say = () => {
    const wait = document.getElementById('boot');
    if (started || !notice()) return;
    document.body.append(notice());
    if (wait) wait.hidden = true;
  };
  // The program broke in a way that it could not tell itself, as `src/panic.rs` does: out of memory, or of stack.
  const stopped = (error) => {
    const isFatal = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    const screen = notice();
    if (!started || !isFatal || !screen || document.getElementById('panic')) return;
    const [title, text, , hint] = screen.querySelectorAll('h1, p');
    hint.remove();
    title.textContent = 'The console stopped working';
    text.textContent = 'What you saved is unaffected, and what you were typing is kept for this tab. Reload to go on.';
    isOver = true;
    document.body.replaceChildren(screen);
  };
  addEventListener('error', (event) => {
    const tag = event.target && event.target.tagName;
    if (tag === 'SCRIPT' || tag === 'LINK' || !tag) say();
    stopped(event.error);
  }, true);
  addEventListener('unhandledrejection', (event) => {
    say();
    stopped(event.reason);
  });
})();
