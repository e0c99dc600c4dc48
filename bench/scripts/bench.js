// Measures search engines side by side: the same documents, the same queries, in turns.
const settings = new URLSearchParams(location.search);
const engines = (settings.get("engines") ?? "").split(",");
const papers = Number(settings.get("papers"));

// How often each figure is taken, and how long slow engines are waited for.
const STARTS = papers > 20_000 ? { notebook: 9, minisearch: 2 } : { notebook: 9, minisearch: 5 };
const START_LIMIT = 300_000;
const LENGTHS = [1, 2, 3, 4, 5, 6, 7, 8];
const KINDS = ["one", "two"];
const ROUNDS = 100;
// Each query is asked in so many turns, and the fastest counts: what else the machine does is not the engine's.
const TURNS = 5;
const KEYS_BUDGET = 45_000;
const ITEMS = 400;
const ITEMS_AT_ONCE = 20;
const ITEMS_BUDGET = 30_000;

const post = (path, body) => fetch(path, { method: "POST", body });
const say = (text) => post("/progress", text);
const message = (why) => (why instanceof Error ? why.message : String(why));

const lines = [];
const report = (engine, figure, value) => {
  if (Number.isFinite(value)) lines.push(`${engine}\t${figure}\t${value}`);
};

/// Numbers that look random and are the same in every run (mulberry32).
const dice = (seed) => {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (end) => next() % end;
  return { below, of: (all) => all[below(all.length)] };
};

const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/// What is in the box at some key: a word that is being typed, by itself or behind another of the same document.
const key = (random, documents, kind, length) => {
  for (;;) {
    const { title, notes } = random.of(documents);
    const words = wordsOf(`${title} ${notes}`);
    const at = random.below(words.length);
    if (words[at].length < length || (kind === "two" && at === 0)) continue;
    const typed = words[at].slice(0, length);
    return kind === "one" ? typed : `${words[random.below(at)]} ${typed}`;
  }
};

/// A letter left out, added, changed, or swapped with the next.
const mistyped = (random, word) => {
  for (;;) {
    const letters = [...word];
    const at = random.below(letters.length);
    const other = String.fromCharCode(97 + random.below(26));
    const swap = Math.min(at, letters.length - 2);
    [
      () => letters.splice(at, 1),
      () => letters.splice(at, 0, other),
      () => letters.splice(at, 1, other),
      () => letters.splice(swap, 2, letters[swap + 1], letters[swap]),
    ][random.below(4)]();
    const typed = letters.join("");
    if (typed !== word) return typed;
  }
};

/// Three words of a title in its order, as somebody types who has seen it; with a typo in one of four letters or more.
/// Whether they name that paper and no other is seen later.
const candidate = (random, documents, typo) => {
  for (;;) {
    const id = random.below(documents.length);
    const words = wordsOf(documents[id].title);
    if (words.length < 3) continue;
    while (words.length > 3) words.splice(random.below(words.length), 1);
    const asked = [...words];
    if (typo) {
      const long = [0, 1, 2].filter((at) => words[at].length >= 4);
      if (long.length === 0) continue;
      const at = random.of(long);
      asked[at] = mistyped(random, words[at]);
    }
    return { id, words, query: asked.join(" ") };
  }
};

/// Whether words stand in a title in this order, others between them or not.
const inOrder = (words, title) => {
  let at = -1;
  return words.every((word) => (at = title.indexOf(word, at + 1)) >= 0);
};

/// Those whose words no other title has in their order: otherwise the words identify no paper.
const identifying = (documents, items) => {
  const having = new Map();
  for (const { words } of items) for (const word of words) having.set(word, new Set());
  documents.forEach(({ title }, id) => {
    for (const word of wordsOf(title)) having.get(word)?.add(id);
  });
  return items.filter(({ words }) => {
    const [fewest] = words.map((word) => having.get(word)).toSorted((a, b) => a.size - b.size);
    return [...fewest].filter((id) => inOrder(words, wordsOf(documents[id].title))).length === 1;
  });
};

const queries = (documents) => {
  const random = dice(2024);
  const rounds = Array.from({ length: ROUNDS }, () =>
    LENGTHS.flatMap((length) =>
      KINDS.map((kind) => ({ kind, length, query: key(random, documents, kind, length) })),
    ),
  );
  const items = (typo) => {
    const candidates = Array.from({ length: ITEMS * 2 }, () => candidate(random, documents, typo));
    const known = identifying(documents, candidates);
    report("all", `identify.${typo ? "typo" : "exact"}`, known.length / candidates.length);
    return known.slice(0, ITEMS);
  };
  const known = { exact: items(false), typo: items(true) };
  return { rounds, known, first: known.exact[0].query };
};

class Engine {
  constructor(name) {
    this.name = name;
    const search = new URLSearchParams(settings);
    search.set("engine", name);
    this.worker = new Worker(`worker.js?${search}`, { type: "module", name });
    this.spent = 0;
    this.times = [];
  }

  /// Has the worker make itself ready, and gives its figures.
  async start(first) {
    const { wasm = 0, ...figures } = await this.do("start", { first });
    this.wasm = wasm;
    return figures;
  }

  /// What the worker answers; an error where it fails or takes too long.
  do(chore, more = {}) {
    return new Promise((resolve, reject) => {
      const slow = setTimeout(() => {
        this.end();
        reject(new Error(`over ${START_LIMIT / 1000} s`));
      }, START_LIMIT);
      this.worker.onerror = (event) => reject(new Error(event.message || "its worker does not load"));
      this.worker.onmessage = ({ data }) => {
        clearTimeout(slow);
        if (data.failed === undefined) resolve(data.done);
        else reject(new Error(data.failed));
      };
      this.worker.postMessage({ chore, ...more });
    });
  }

  /// Asks as many of the queries as there is time for, out of a budget for all that are to come.
  async ask(queries, budget, wanted = false) {
    const left = budget - this.spent;
    if (left <= 0) return { times: [], answers: [] };
    const asked = await this.do("ask", { queries, budget: left, turns: TURNS, wanted });
    this.spent += asked.times.flat().reduce((sum, time) => sum + time, 0);
    return asked;
  }

  end() {
    this.worker.terminate();
  }
}

const part = (times, share) => times.toSorted((a, b) => a - b)[Math.ceil(times.length * share) - 1];

/// Of queries, each with the times it took.
const spread = (engine, name, queries) => {
  const fastest = queries.map((times) => Math.min(...times));
  report(engine, `p50.${name}`, part(fastest, 0.5));
  report(engine, `p95.${name}`, part(fastest, 0.95));
  report(engine, `raw.${name}`, part(queries.flat(), 0.95));
  report(engine, `max.${name}`, part(queries.flat(), 1));
};

/// Engines that are ready, with the times of their start. One that fails is reported and left out.
const start = async (first) => {
  const ready = [];
  const samples = new Map();
  const sample = (name, figures) => {
    for (const [figure, value] of Object.entries(figures)) {
      const key = `${name}\t${figure}`;
      samples.set(key, [...(samples.get(key) ?? []), value]);
    }
  };
  const attempt = async (name, work) => {
    try {
      return await work();
    } catch (why) {
      lines.push(`${name}\tnote\t${message(why).replaceAll(/\s+/g, " ")}`);
      await say(`${name}: ${message(why)}`);
      return undefined;
    }
  };
  if (engines.includes("minisearch")) {
    await say("minisearch is built");
    await attempt("minisearch", async () => {
      const builder = new Engine("minisearch_build");
      sample("minisearch", await builder.start());
      builder.end();
    });
  }
  // Those that are fetched ready made, in turns; the last of each stays.
  for (let turn = Math.max(...Object.values(STARTS)); turn > 0; turn -= 1) {
    for (const name of engines.filter((name) => STARTS[name] >= turn)) {
      await attempt(name, async () => {
        const engine = new Engine(name);
        sample(name, await engine.start(first));
        if (turn === 1) ready.push(engine);
        else engine.end();
      });
    }
  }
  for (const name of engines.filter((name) => STARTS[name] === undefined)) {
    await say(`${name} is built`);
    await attempt(name, async () => {
      const engine = new Engine(name);
      sample(name, await engine.start(first));
      ready.push(engine);
    });
  }
  for (const [key, values] of samples) {
    const [name, figure] = key.split("\t");
    report(name, figure, part(values, 0.5));
    if (values.length > 1) report(name, `${figure}.min`, Math.min(...values));
  }
  return ready.toSorted((a, b) => engines.indexOf(a.name) - engines.indexOf(b.name));
};

/// Bytes of each worker after garbage was collected. Chromium leaves out what wasm has, so that is added where it is known.
const memory = async (ready) => {
  if (!performance.measureUserAgentSpecificMemory) return;
  const { breakdown } = await performance.measureUserAgentSpecificMemory();
  for (const { name, wasm } of ready) {
    const own = breakdown.filter(({ attribution }) =>
      attribution.some(({ url }) => new URL(url, location.href).searchParams.get("engine") === name),
    );
    report(name, "memory", own.reduce((sum, { bytes }) => sum + bytes, wasm));
  }
};

const keys = async (ready, rounds) => {
  const warm = rounds.slice(0, 2).flat().map(({ query }) => query);
  for (const engine of ready) await engine.ask(warm, 5_000);
  for (const engine of ready) engine.spent = 0;
  for (const [at, round] of rounds.entries()) {
    const queries = round.map(({ query }) => query);
    // Another engine is first in every round.
    const order = ready.map((_, place) => ready[(place + at) % ready.length]);
    for (const engine of order) {
      const { times } = await engine.ask(queries, KEYS_BUDGET);
      times.forEach((times, place) => engine.times.push({ ...round[place], times }));
    }
  }
  for (const { name, times } of ready) {
    const of = (fits) => times.filter(fits).map(({ times }) => times);
    report(name, "keys", times.length);
    spread(name, "all", of(() => true));
    for (const kind of KINDS) {
      spread(name, kind, of((key) => key.kind === kind));
      for (const length of LENGTHS) {
        spread(name, `${kind}.${length}`, of((key) => key.kind === kind && key.length === length));
      }
    }
  }
};

const known = async (ready, how, items) => {
  ready = ready.filter(({ name }) => !["facets", "floor"].includes(name));
  for (const engine of ready) Object.assign(engine, { spent: 0, times: [], ranks: [] });
  for (let at = 0; at < items.length; at += ITEMS_AT_ONCE) {
    const some = items.slice(at, at + ITEMS_AT_ONCE);
    for (const engine of ready) {
      const { times, answers } = await engine.ask(some.map(({ query }) => query), ITEMS_BUDGET, true);
      engine.times.push(...times);
      answers.forEach((ids, place) => engine.ranks.push(ids.indexOf(some[place].id) + 1));
    }
  }
  for (const { name, times, ranks } of ready) {
    const good = ranks.filter((rank) => rank >= 1 && rank <= 10);
    report(name, `items.${how}`, ranks.length);
    report(name, `recall.${how}`, good.length / ranks.length);
    report(name, `mrr.${how}`, good.reduce((sum, rank) => sum + 1 / rank, 0) / ranks.length);
    spread(name, `items.${how}`, times);
  }
};

const measure = async () => {
  await say("the queries are made");
  const text = await (await fetch(settings.get("documents") ?? "")).text();
  const documents = text.trim().split("\n").map((line) => JSON.parse(line));
  report("all", "documents", documents.length);
  report("all", "bytes", text.length);
  const { rounds, known: items, first } = queries(documents);
  documents.length = 0;
  const ready = await start(first);
  await say(`memory of ${ready.map(({ name }) => name).join(", ")}`);
  await memory(ready);
  await say("keystrokes");
  await keys(ready, rounds);
  for (const how of ["exact", "typo"]) {
    await say(how === "typo" ? "known papers, misspelled" : "known papers");
    await known(ready, how, items[how]);
  }
  await post("/results", lines.join("\n"));
};

try {
  if (!crossOriginIsolated) throw new Error("it is not isolated, so its clock is coarse");
  await measure();
} catch (why) {
  await post("/failure", why instanceof Error ? why.stack ?? why.message : String(why));
}

export {};
