// One search engine in a worker of its own: what one throws away is not collected while another is timed.
const settings = new URLSearchParams(location.search);
const setting = (name) => settings.get(name) ?? "";

/// Another search engine, from the cache of tools.
const peer = (file) => import(`/peers/${file}`);

const documents = async () => {
  const text = await (await fetch(setting("documents"))).text();
  return text.trim().split("\n").map((line, id) => ({ id, ...JSON.parse(line) }));
};

/// Milliseconds of some work, which may be asynchronous, and what it gives.
const timed = async (work) => {
  const start = performance.now();
  const made = await work();
  return [performance.now() - start, made];
};

const MAX_RESULTS = 20;
const LONG = 50;

/// The documents with the highest scores, best first; of equals the first.
const best = (scores) => {
  const ids = [];
  let least = 0;
  for (let id = 0; id < scores.length; id += 1) {
    const score = scores[id];
    if (score <= least) continue;
    if (ids.length === MAX_RESULTS) ids.pop();
    let at = ids.length;
    while (at > 0 && scores[ids[at - 1]] < score) at -= 1;
    ids.splice(at, 0, id);
    if (ids.length === MAX_RESULTS) least = scores[ids[MAX_RESULTS - 1]];
  }
  return ids;
};

/// What makes a program of ours ready, and gives what it exports.
const program = async (name) => {
  const { default: init } = await import(setting(name));
  return () => init({ module_or_path: setting(`${name}_wasm`) });
};

const bytes = async (name) => new Uint8Array(await (await fetch(setting(name))).arrayBuffer());

/// Throws what a program of ours says is wrong.
const throwIfError = (wrong) => {
  if (wrong) throw new Error(wrong);
};

// Each gives `find`, and how long it took until that could answer for the first time.
const engines = {
  async notebook(first) {
    const [started, { memory }] = await timed(await program("search"));
    let given = await bytes("index");
    const search = globalThis.notebookSearch;
    const find = (words) => best(search.find(words)[0]);
    const [ready] = await timed(() => {
      throwIfError(search.open(given));
      return find(first);
    });
    const index = given.length;
    given = new Uint8Array();
    return { find, figures: { program: started, ready, index, wasm: memory.buffer.byteLength } };
  },

  // Ours with all that the page does before it draws: the answer, and the counts of all facets.
  async facets() {
    for (const name of ["search", "facets"]) await (await program(name))();
    const { notebookSearch: search, notebookFacets: facets } = globalThis;
    throwIfError(search.open(await bytes("index")));
    throwIfError(facets.open(await bytes("outline")));
    const find = (words) => [facets.count(words, ...search.find(words))];
    return { find, figures: {} };
  },

  // What every engine pays that has a score for each document: to hand them over, and to pick the best.
  async floor() {
    const scores = Uint32Array.from({ length: Number(setting("papers")) }, (_, at) => Math.imul(at, 2_654_435_761) >>> 4);
    const find = () => best(scores.slice());
    return { find, figures: {} };
  },

  // What a page would do: fetch what was built beforehand.
  async minisearch(first) {
    const { default: MiniSearch } = await peer("minisearch/dist/es/index.js");
    const text = await (await fetch(setting("built"))).text();
    const options = { prefix: true, fuzzy: 0.2, combineWith: "AND" };
    let engine;
    const find = (words) => engine.search(words, options).slice(0, MAX_RESULTS).map((result) => result.id);
    const [ready] = await timed(() => {
      engine = MiniSearch.loadJSON(text, { fields: ["title", "byline", "notes"] });
      return find(first);
    });
    return { find, figures: { ready, index: text.length } };
  },

  async minisearch_build() {
    const { default: MiniSearch } = await peer("minisearch/dist/es/index.js");
    const given = await documents();
    const engine = new MiniSearch({ fields: ["title", "byline", "notes"] });
    const [build] = await timed(() => engine.addAll(given));
    await fetch(setting("built"), { method: "POST", body: new Blob([JSON.stringify(engine)]) });
    return { figures: { build } };
  },

  async flexsearch(first) {
    const { Document } = await peer("flexsearch/dist/flexsearch.bundle.module.min.mjs");
    const given = await documents();
    const fields = ["title", "byline", "notes"];
    const engine = new Document({ tokenize: "forward", document: { id: "id", index: fields } });
    const find = (words) => engine.search(words, { limit: MAX_RESULTS, merge: true }).slice(0, MAX_RESULTS).map(({ id }) => id);
    const [build] = await timed(() => {
      for (const document of given) engine.add(document);
      return find(first);
    });
    return { find, figures: { build, ready: build } };
  },

  async ufuzzy(first) {
    const { default: uFuzzy } = await peer("ufuzzy/dist/uFuzzy.mjs");
    const given = await documents();
    let texts, engine;
    const find = (words) => {
      const [found, info, order] = engine.search(texts, words);
      const ids = order ? order.slice(0, MAX_RESULTS).map((at) => info.idx[at]) : found?.slice(0, MAX_RESULTS);
      return ids ?? [];
    };
    const [build] = await timed(() => {
      texts = given.map(({ title, byline, notes }) => `${title} ${byline} ${notes}`);
      engine = new uFuzzy({ intraMode: 1 });
      return find(first);
    });
    return { find, figures: { build, ready: build } };
  },

  async fuse(first) {
    const { default: Fuse } = await peer("fuse/dist/fuse.min.mjs");
    const given = await documents();
    let engine;
    const find = (words) => engine.search(words, { limit: MAX_RESULTS }).map((result) => result.item.id);
    const [build] = await timed(() => {
      engine = new Fuse(given, { keys: ["title", "byline", "notes"] });
    });
    const [answered] = await timed(() => find(first));
    return { find, figures: { build, ready: build + answered } };
  },

  // Its results are names of files; the documents are looked up outside the measured time.
  async pagefind(first) {
    const engine = await import(setting("pagefind"));
    const search = async (words) => (await engine.search(words)).results.slice(0, MAX_RESULTS);
    const [ready] = await timed(async () => {
      await engine.options({ baseUrl: "/" });
      await engine.init();
      return search(first);
    });
    const documentsOf = async (results) => {
      const pages = await Promise.all(results.slice(0, 10).map((result) => result.data()));
      return pages.map((page) => Number(page.raw_url.replace(/\D/g, "")));
    };
    return { find: search, documentsOf, figures: { ready, wasm: NaN } };
  },
};

let engine;

const chores = {
  async start({ first }) {
    engine = await engines[settings.get("engine")](first);
    return engine.figures;
  },

  /// Asks queries in turns until their time is over: the times of each, and the answers if they are wanted.
  /// What takes long is asked once: little else weighs against it.
  async ask({ queries, budget, turns, wanted }) {
    const times = [];
    const answers = [];
    let spent = 0;
    for (let turn = 0; turn < turns; turn += 1) {
      for (const [at, query] of queries.entries()) {
        if (turn > 0 && (times[at] ?? [LONG])[0] >= LONG) continue;
        if (spent > budget) return { times, answers };
        const [time, ids] = await timed(() => engine.find(query));
        spent += time;
        if (turn > 0) times[at].push(time);
        else times.push([time]);
        if (turn === 0 && wanted) answers.push(engine.documentsOf ? await engine.documentsOf(ids) : Array.from(ids));
      }
    }
    return { times, answers };
  },
};

onmessage = async ({ data }) => {
  try {
    postMessage({ done: await chores[data.chore](data) });
  } catch (why) {
    postMessage({ failed: why instanceof Error ? why.message : String(why) });
  }
};
