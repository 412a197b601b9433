// Sets the chosen theme before anything is drawn, starts the first requests while the program loads, and shows a notice if
// the program cannot start or stops.
(() => {
  // A page that was opened by `https://name:password@…` cannot load its files or call the API. The browser keeps the sign-in.
  const { username, password } = new URL(document.baseURI);
  if (username || password) {
    location.replace(location.origin + location.pathname + location.search + location.hash);
    return;
  }

  try {
    const theme = localStorage.getItem('workspace-console.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch { /* Without storage, the system's theme is used. */ }

  // The key and the first workspaces, requested without a key: a proxy that holds it adds it. `api::transport` takes the
  // responses over by their address. A tab with a key of its own sends its own requests. After the idle limit or
  // a sign-out here, nothing is requested until the person continues.
  try {
    const mark = 'workspace-console.idle';
    if (!sessionStorage.getItem('workspace-console.key') && !sessionStorage.getItem(mark) && !name.startsWith(mark)) {
      const base = document.querySelector('meta[name=api-base]').content.replace(/\/+$/, '');
      const headers = { Accept: 'application/json' };
      if (base[0] === '/') headers['X-Workspace-Console'] = '1';
      const options = { headers, cache: 'no-store', redirect: 'manual', referrerPolicy: 'no-referrer' };
      window.early = new Map(['/key', '/workspaces?offset=0&limit=100'].map((path) => {
        const response = fetch(base + path, options);
        response.catch(() => {}); // The program reports the failure.
        return [base + path, response];
      }));
    }
  } catch { /* The program sends the requests instead. */ }

  // Takes a lock of the browser, which is released when the tab is closed. Resolves to a function that releases it, to false
  // if another tab holds it, or to nothing if the browser has no locks, refuses them or does not answer.
  window.claim = (name) => new Promise((resolve) => {
    let isAnswered = false;
    const answer = (it) => {
      isAnswered = true;
      resolve(it);
    };
    setTimeout(answer, 2000);
    try {
      navigator.locks.request(name, { ifAvailable: true }, (lock) => {
        if (isAnswered) return undefined;
        return lock ? new Promise(answer) : answer(false);
      }).catch(() => answer());
    } catch { answer(); }
  });

  // A page that has stopped is left without a question. Its drafts are kept.
  let isOver = false;
  addEventListener('beforeunload', (event) => {
    if (isOver || document.getElementById('panic')) event.stopImmediatePropagation();
  }, true);
  // A page that Back restores from the browser's cache may be older than a sign-out.
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    isOver = document.documentElement.hidden = true;
    location.reload();
  });

  let started = false;
  let hasNoStyles = false;
  addEventListener('TrunkApplicationStarted', () => { started = true; });
  const notice = () => document.getElementById('boot-failure')?.content.firstElementChild;
  const write = (screen, title, text, hint) => {
    const parts = screen.querySelectorAll('h1, p');
    [parts[0].textContent, parts[1].textContent] = [title, text];
    if (hint) parts[3].textContent = hint;
    else parts[3].remove();
  };

  // If a script of the page was changed on the way, the browser does not run it, or does not know it as a script.
  const isChanged = () => {
    const loader = document.querySelector('[data-wasm]');
    return loader && !(window.program && document.querySelector('script[type=module][src]'));
  };
  document.addEventListener('readystatechange', () => {
    const changed = document.getElementById('boot-changed');
    if (changed && isChanged()) changed.style.animation = 'none';
    else changed?.remove();
    if (!window.WebAssembly) showNotice();
  }, { once: true });

  // A script, a style or the wasm did not load: it is no longer on the server, or was changed. Or the browser does not run it.
  const showNotice = () => {
    // A file of the head can fail before the notice is parsed.
    if (document.readyState === 'loading') {
      document.addEventListener('readystatechange', showNotice, { once: true });
      return;
    }
    const wait = document.getElementById('boot');
    const screen = notice();
    if ((started && !hasNoStyles) || !screen) return;
    if (!window.WebAssembly) {
      write(
        screen,
        'WebAssembly is off in this browser',
        'The console needs WebAssembly. Lockdown Mode on an iPhone, iPad or Mac turns it off, and so do the enhanced security of a browser or a policy of your organization.',
        'Allow it for this site: in Safari, turn off Lockdown Mode for this website. In other browsers, add this site to the exceptions of the enhanced security, or ask the people who manage your browser. Then reload the page.',
      );
    }
    isOver = started;
    if (started) document.body.replaceChildren();
    document.body.append(screen);
    if (wait) wait.hidden = true;
  };
  // The program ran out of memory or stack, so `src/panic.rs` could not say that it stopped.
  const showStopped = (error) => {
    const isFatal = error instanceof RangeError || (window.WebAssembly && error instanceof WebAssembly.RuntimeError);
    const screen = notice();
    if (!started || !isFatal || !screen || document.getElementById('panic')) return;
    write(
      screen,
      'The console stopped working',
      'What you saved is unaffected, and what you were typing is kept for this tab. Reload to go on.',
    );
    isOver = true;
    document.body.replaceChildren(screen);
  };
  addEventListener('error', (event) => {
    const tag = event.target && event.target.tagName;
    // The styles of the first view can fail after the program has started.
    if (tag === 'LINK' && event.target.matches('[integrity][href*="/console-"]')) hasNoStyles = true;
    if (tag === 'SCRIPT' || tag === 'LINK' || !tag) showNotice();
    showStopped(event.error);
  }, true);
  addEventListener('unhandledrejection', (event) => {
    showNotice();
    showStopped(event.reason);
  });
})();
