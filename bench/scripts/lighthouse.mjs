// Asks Lighthouse about pages, in turns, and prints the medians: page, figure and value, with a tab between.
// Arguments: the folder of the package, Chromium, flags, how many turns, then name=address for each page.
import { pathToFileURL } from "node:url";

const [, , folder, chrome, flags, turns, ...pages] = process.argv;
const at = (file) => pathToFileURL(`${folder}/node_modules/${file}`).href;
const { default: lighthouse } = await import(at("lighthouse/core/index.js"));
const { default: desktop } = await import(at("lighthouse/core/config/desktop-config.js"));
const { launch } = await import(at("chrome-launcher/dist/index.js"));

// On a phone and a laptop as Lighthouse simulates them; "slow" is that phone with its network and processor slowed down
// for real, because a simulation does not say when the program is there. The connection is there already, so a request
// takes one round trip.
const throttling = { requestLatencyMs: 150, downloadThroughputKbps: 1638.4, uploadThroughputKbps: 675, cpuSlowdownMultiplier: 4 };
const forms = {
  mobile: [{}, undefined],
  desktop: [{}, desktop],
  slow: [{ throttlingMethod: "devtools", throttling, onlyCategories: ["performance"] }, undefined],
};

const figures = ({ categories, audits }, form) => {
  const value = (name) => audits[name]?.numericValue;
  const ready = audits["user-timings"]?.details?.items?.find(({ name }) => name === "ready")?.startTime;
  const fcp = value("first-contentful-paint");
  if (form === "slow") return { fcp, ready: ready - fcp };
  return {
    ...Object.fromEntries(Object.entries(categories).map(([name, { score }]) => [name, score * 100])),
    fcp,
    lcp: value("largest-contentful-paint"),
    tbt: value("total-blocking-time"),
    cls: value("cumulative-layout-shift"),
    bytes: value("total-byte-weight"),
    nodes: value("dom-size-insight") ?? audits["dom-size-insight"]?.details?.debugData?.totalElements,
    requests: audits["network-requests"]?.details?.items?.length,
  };
};

const samples = new Map();
for (let turn = 0; turn < Number(turns); turn += 1) {
  for (const page of pages) {
    const [name, address] = page.split(/=(.*)/s);
    for (const [form, [options, config]] of Object.entries(forms)) {
      // Only ours says when it is ready.
      if (form === "slow" && !name.startsWith("notebook")) continue;
      // As readers start it: with what the launcher would add, Chromium often shows a page a second after it is drawn.
      const browser = await launch({ chromePath: chrome, chromeFlags: flags.split(" "), ignoreDefaultFlags: true, logLevel: "silent" });
      try {
        const { lhr } = await lighthouse(address, { port: browser.port, logLevel: "error", ...options }, config);
        if (lhr.runtimeError) throw new Error(`${name}: ${lhr.runtimeError.message}`);
        for (const [figure, value] of Object.entries(figures(lhr, form))) {
          const key = `${name}\t${form}.${figure}`;
          if (Number.isFinite(value)) samples.set(key, [...(samples.get(key) ?? []), value]);
        }
        // Audits that failed, with their details.
        for (const [category, { auditRefs }] of Object.entries(lhr.categories)) {
          for (const { id, weight } of auditRefs) {
            const { score, title, displayValue = "" } = lhr.audits[id];
            if (weight > 0 && score !== null && score < 0.9) console.error(`      ${name}, ${form}, ${category}: ${title} ${displayValue}`);
          }
        }
      } finally {
        await browser.kill();
      }
    }
  }
}
for (const [key, values] of samples) {
  const sorted = values.toSorted((a, b) => a - b);
  console.log(`${key}\t${sorted[Math.floor(sorted.length / 2)]}`);
}
