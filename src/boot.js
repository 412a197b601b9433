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

  // Which frame the page shows until the program draws: `shell` or `sign-in`. Without either, it says that it is loading.
  const show = (frame) => { document.documentElement.dataset.frame = frame; };
  const setting = (name) => document.querySelector(`meta[name=${name}]`).content;
  const stored = (storage, name) => storage.getItem(`workspace-console.${name}`);

  // The key that was kept for this tab, if it may still be used: the rule of `session::kept`.
  const keptKey = () => {
    const key = stored(sessionStorage, 'key');
    const since = parseFloat(stored(sessionStorage, 'key-since'));
    const idle = Date.now() - parseFloat(stored(sessionStorage, 'key-active'));
    const limit = setting('idle-minutes') * 60_000;
    const isIdle = !(limit > 0 ? idle >= -60_000 && idle < limit : idle === idle);
    const isSignedOut = since <= parseFloat(stored(localStorage, 'signed-out'));
    return since && stored(localStorage, 'active') && !isIdle && !isSignedOut ? key : null;
  };

  // "Feb 11, 2025", as `Timestamp::date_text` writes it. `Intl` would need longer for the first date than for all rows.
  const dateText = (text) => {
    const date = new Date(text);
    if (Number.isNaN(date.getTime())) return text;
    const month = 'JanFebMarAprMayJunJulAugSepOctNovDec'.substr(3 * date.getUTCMonth(), 3);
    return `${month} ${date.getUTCDate()}, ${date.getUTCFullYear()}`;
  };

  // Fills a part of the frame with texts, without the characters that change the direction of what follows.
  const fill = (part, texts) => part.querySelectorAll('bdi').forEach((it, place) => {
    if (texts[place]) it.textContent = texts[place].replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
    else it.remove();
  });

  // What is newer than a week is shown as the time that has passed, which the program writes.
  const weekOld = (at) => (Date.now() - Date.parse(at) > 7 * 86_400_000 ? dateText(at) : '\xa0');

  // Draws the first rows of a table in the frame, as the program does, and waits for their paint.
  const drawRows = (body, template, rows, compare, sortText, fillRow) => {
    const drawn = rows.map((it) => [sortText(it).toLowerCase(), it])
      .sort(([left], [right]) => compare(left, right))
      .slice(0, Math.ceil((innerHeight - 200) / 52))
      .map(([, it]) => {
        const row = template.cloneNode(true);
        fillRow(row, it);
        return row;
      });
    if (!drawn.length) return undefined;
    body.replaceChildren(...drawn);
    return new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); });
  };

  // As in `pages::workspaces`.
  const drawWorkspaces = (rows, { compare }) => {
    const { firstElementChild: template } = document.getElementById('boot-row').content;
    const fillRow = (row, { name, slug, description, created_at: at }) => {
      fill(row, [name.trim() ? name : slug, description?.trim() && description, slug]);
      if (slug !== 'default') row.querySelector('.badge').remove();
      row.querySelector('time').textContent = dateText(at);
    };
    return drawRows(document.querySelector('#boot tbody'), template, rows, compare, ({ name }) => name, fillRow);
  };

  // As in `pages::workspace::members`, until names are known.
  const drawMembers = ({ name, slug, created_at: createdAt, created_by: by, updated_at: updatedAt }, rows) => {
    const page = document.getElementById('boot-members').content.firstElementChild.cloneNode(true);
    const body = page.querySelector('tbody');
    const template = body.firstElementChild;
    template.remove();
    fill(page, [name.trim() ? name : slug, slug, by && ` by ${by}`]);
    const [created, updated] = page.querySelectorAll('time');
    created.textContent = dateText(createdAt);
    if (updatedAt) updated.textContent = weekOld(updatedAt);
    else updated.parentElement.remove();
    const fillRow = (row, { user_id: id, role, created_at: at }) => {
      fill(row, [id, role]);
      row.querySelector('time').textContent = weekOld(at);
    };
    // IDs need no order of a language, whose data the browser would have to load.
    const compare = (left, right) => (left < right ? -1 : 1);
    const drawn = drawRows(body, template, rows, compare, ({ user_id: id }) => id, fillRow);
    if (drawn) document.querySelector('.boot-shell .shell__main').append(page);
    return drawn;
  };

  // The key and the first workspaces, requested with the kept key, or without one: a proxy that holds it adds it.
  // `api::transport` takes the responses over by their address. After the idle limit or a sign-out here, nothing is
  // requested until the person continues.
  try {
    // The list, or a workspace that the address names, with its members where they are shown.
    const below = location.pathname.slice(setting('base-path').length);
    const [, named, isMembers] = /^workspaces\/([a-z0-9-]+)(\/members)?$/.exec(below) ?? [];
    const isList = location.pathname === setting('base-path');
    if (isList || named) document.documentElement.dataset.page = isList ? 'list' : 'workspace';
    // The frame has the default columns. A table with others is drawn by the program.
    const isArranged = stored(localStorage, `table.${isList ? 'workspaces' : 'members'}`);
    if (isArranged) document.documentElement.dataset.layout = 'own';
    const hasRows = (isList || isMembers) && !location.search && !isArranged;
    const mark = 'workspace-console.idle';
    const isKept = stored(sessionStorage, 'key');
    const key = isKept && keptKey();
    if (sessionStorage.getItem(mark) || name.startsWith(mark) || (isKept && !key)) {
      show('sign-in');
    } else {
      const base = setting('api-base').replace(/\/+$/, '');
      const headers = { Accept: 'application/json' };
      if (base[0] === '/') headers['X-Workspace-Console'] = '1';
      let authorization = null;
      if (key) headers.Authorization = authorization = `Bearer ${key}`;
      const options = { headers, cache: 'no-store', redirect: 'manual', referrerPolicy: 'no-referrer' };
      // The response and its text. Each is read whole, so that it keeps no connection until the program takes it.
      const request = (path) => fetch(base + path, options).then(async (response) => {
        if (!response.ok) return { response };
        const text = await response.text();
        return { response: new Response(text, response), text };
      });
      const responses = new Map();
      // What the program has asked for. A response that it does not find here in time would be old at its next request.
      const asked = new Set();
      let isForgotten = false;
      const offer = (path, requested) => {
        const response = requested.then((it) => it.response);
        response.catch(() => {}); // The program reports the failure.
        if (!isForgotten && !asked.has(base + path)) responses.set(base + path, response);
      };
      const requestFor = (path) => {
        const requested = request(path);
        offer(path, requested);
        return requested;
      };
      const firstPage = 'offset=0&limit=100';
      const [account, list] = ['/key', `/workspaces?${firstPage}`].map(requestFor);
      // Asks for the further pages of a list, six at a time, until the program asks for them itself.
      const requestFurther = (path, total) => {
        let offset = 0;
        const next = async () => {
          offset += 100;
          const page = `${path}?offset=${offset}&limit=100`;
          // Without a count, the program finds the end.
          if (isForgotten || !(offset < total) || asked.has(base + page)) return;
          const { response } = await requestFor(page);
          if (response.ok) await next();
        };
        for (let i = 0; i < 6; i += 1) next().catch(() => {});
      };
      const requestNamed = async () => {
        const path = `/workspaces/${named}`;
        const details = requestFor(path);
        if (!isMembers) return;
        const members = request(`${path}/members?${firstPage}`);
        const { data: workspace } = JSON.parse((await details).text);
        // The program asks for members by the UUID of the workspace.
        const membersPath = `/workspaces/${workspace.id}/members`;
        offer(`${membersPath}?${firstPage}`, members);
        const { data: rows, total_count: total } = JSON.parse((await members).text);
        // The default workspace has a notice above them.
        if (hasRows && workspace.slug !== 'default') await drawMembers(workspace, rows);
        requestFurther(membersPath, total);
      };
      // Without a key that is accepted, nothing else is asked for.
      const isAccepted = key || stored(localStorage, 'proxy')
        ? Promise.resolve(true)
        : account.then(({ response }) => response.ok);
      const shown = isAccepted.then((it) => {
        show(it ? 'shell' : 'sign-in');
        return it && named ? requestNamed() : undefined;
      });
      // Made while the responses are on the network.
      const collator = isList && hasRows && new Intl.Collator();
      const drawn = collator
        ? list.then(({ text }) => drawWorkspaces(JSON.parse(text).data, collator))
        : shown;
      [shown, drawn].forEach((it) => it.catch(() => {}));
      // The program starts when the rows are painted. It does not wait for a slow API, except that the members' page needs
      // the second file too.
      if (hasRows) {
        const late = new Promise((resolve) => { setTimeout(resolve, isList ? 500 : 1000); });
        window.rows = Promise.race([drawn.catch(() => {}), late]);
      }
      const forget = () => {
        responses.clear();
        authorization = null;
        delete headers.Authorization;
        isForgotten = true;
      };
      setTimeout(forget, 30_000);
      window.early = (url, sentWith) => {
        asked.add(url);
        if (sentWith !== authorization) forget();
        const response = responses.get(url);
        responses.delete(url);
        return response;
      };
    }
  } catch { /* The program sends the requests instead. */ }

  // Ctrl+K or ⌘K before the command palette is loaded opens it later.
  let isPaletteRequested = false;
  const onKey = (event) => {
    const isChord = event.key === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    // While the program loads, the page has the frame of the sign-in too, hidden.
    if (!isChord || document.querySelector('.sign-in')?.checkVisibility()) return;
    event.preventDefault();
    isPaletteRequested = true;
  };
  addEventListener('keydown', onKey);
  window.takePaletteRequest = () => {
    removeEventListener('keydown', onKey);
    const wasRequested = isPaletteRequested;
    isPaletteRequested = false;
    return wasRequested;
  };

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
        'The console needs WebAssembly. Lockdown Mode on an iPhone, iPad or Mac turns it off. So can a browser’s enhanced security or a policy of your organization.',
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
      'Your saved data is safe, and this tab keeps what you were typing. Reload to continue.',
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
