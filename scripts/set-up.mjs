// Brings a fresh clone to the point where Keepclear runs. Uses Node's built-in modules alone, since nothing else is
// there yet; is quick when nothing is missing; says exactly what it could not install and how to.
//
//   node scripts/set-up.mjs run     what the programs need: npm packages, ffmpeg, the models, the web page
//   node scripts/set-up.mjs test    the same, and what the tests need: Chromium, Mosquitto
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const lowestNode = [20, 19];

export function setUp(purpose = "run") {
	checkNode();
	const wanted = purpose === "test" ? ["ffmpeg", "chromium", "mosquitto"] : ["ffmpeg"];
	installPackages();
	installPrograms(wanted);
	pullModels();
	buildPage();
}

function checkNode() {
	const [major, minor] = process.versions.node.split(".").map(Number);
	if (major > lowestNode[0] || (major === lowestNode[0] && minor >= lowestNode[1])) return;
	fail(`Node ${process.versions.node} is too old: Keepclear needs ${lowestNode.join(".")} or newer.`);
}

// --- npm packages --------------------------------------------------------------------------------------------------

/** `npm ci` when there are no packages, or others than the lock file names, or built for another Node. */
function installPackages() {
	const stampFile = join(root, "node_modules", ".keepclear-installed");
	const lock = readFileSync(join(root, "package-lock.json"));
	const stamp = `${createHash("sha256").update(lock).digest("hex")} abi ${process.versions.modules}\n`;
	if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
	say("installing npm packages (a few minutes the first time: SQLite may have to be compiled) …");
	const { status } = npm(["ci", "--no-audit", "--no-fund", "--include=dev"]);
	if (status !== 0) {
		fail(
			"npm ci failed, see above. Without a prebuilt better-sqlite3 it needs python3, make and g++ " +
				"(Debian: apt-get install -y python3 make g++).",
		);
	}
	writeFileSync(stampFile, stamp);
}

/** The npm that runs us where there is one: the same version, the same settings. */
function npm(args) {
	const script = process.env["npm_execpath"];
	return script?.endsWith(".js")
		? run(process.execPath, [script, ...args])
		: run(process.platform === "win32" ? "npm.cmd" : "npm", args);
}

// --- programs of the system ----------------------------------------------------------------------------------------

/** What is looked for, the variable that names another place, and the Debian package that brings it. */
const programs = {
	ffmpeg: { variable: "FFMPEG_PATH", names: ["ffmpeg"], debian: "ffmpeg" },
	chromium: { variable: "CHROMIUM_PATH", names: ["chromium", "chromium-browser", "google-chrome"], debian: "chromium" },
	mosquitto: { variable: "MOSQUITTO_PATH", names: ["mosquitto"], debian: "mosquitto" },
};

function installPrograms(wanted) {
	const missing = wanted.filter((name) => !isThere(programs[name]));
	if (missing.length === 0) return;
	const packages = missing.map((name) => programs[name].debian);
	const command = `apt-get install -y --no-install-recommends ${packages.join(" ")}`;
	const variables = missing.map((name) => programs[name].variable).join(", ");
	const otherwise = `Install them (Debian, Ubuntu: sudo ${command}), or say by ${variables} where they are.`;
	if (!onPath("apt-get")) fail(`missing: ${missing.join(", ")}. ${otherwise}`);
	const asRoot = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
	if (asRoot.length > 0 && (!onPath("sudo") || run("sudo", ["-n", "true"], "ignore").status !== 0)) {
		fail(`missing: ${missing.join(", ")}, and only root may install them. ${otherwise}`);
	}
	say(`installing ${packages.join(", ")} …`);
	const apt = (args) => {
		const [program, ...rest] = [...asRoot, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...args];
		return run(program, rest, ["ignore", "ignore", "inherit"]);
	};
	apt(["update", "-qq"]); // an old list may still do: whether it did shows in the next step
	const { status } = apt(["install", "-y", "-qq", "--no-install-recommends", ...packages]);
	if (status !== 0) fail(`apt-get could not install ${packages.join(", ")}, see above. ${otherwise}`);
}

const isThere = ({ variable, names }) => {
	const given = process.env[variable];
	return given ? existsSync(given) : [...names, ...names.map((name) => `/usr/sbin/${name}`)].some(onPath);
};

const onPath = (name) =>
	name.startsWith("/")
		? existsSync(name)
		: (process.env["PATH"] ?? "").split(delimiter).some((folder) => folder && existsSync(join(folder, name)));

// --- models and page -----------------------------------------------------------------------------------------------

/** A look at name and size only: the programs themselves check the sha256 before they use the file. */
function pullModels() {
	const { models, default: detector, plates } = JSON.parse(readFileSync(join(root, "models", "manifest.json"), "utf8"));
	const folder = process.env["KEEPCLEAR_MODELS"] || join(root, "models", "cache");
	const find = (wanted) => models.find(({ name }) => name === wanted);
	const finder = plates.finders.map(find).find(({ source }) => source.kind !== "file");
	const isHere = ({ weights: { file, bytes } }) =>
		existsSync(join(folder, file)) && statSync(join(folder, file)).size === bytes;
	if ([find(detector), finder, find(plates.reader)].every(isHere)) return;
	const { status } = keepclear(["models", "pull"]);
	if (status !== 0) fail("a model could not be fetched, see above. Again by: npx keepclear models pull");
}

/** Built anew when a source file is newer than what was built. */
function buildPage() {
	const built = join(root, "dist", "web", "index.html");
	const sources = ["src/web", "src/contract", "src/core", "package-lock.json"].map((path) => join(root, path));
	if (existsSync(built) && statSync(built).mtimeMs >= Math.max(...sources.map(newest))) return;
	say("building the web page …");
	const vite = join(root, "node_modules", "vite", "bin", "vite.js");
	const { status } = run(process.execPath, [vite, "build", "src/web", "--logLevel", "warn"]);
	if (status !== 0) fail("the web page could not be built, see above.");
}

function newest(path) {
	const stat = statSync(path);
	return stat.isDirectory() ? Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name)))) : stat.mtimeMs;
}

// --- small change --------------------------------------------------------------------------------------------------

const keepclear = (args) => run(process.execPath, [join(root, "scripts", "keepclear.mjs"), ...args]);

/** Output goes to standard error: standard output belongs to the command that comes after. */
function run(program, args, stdio = ["ignore", 2, 2]) {
	return spawnSync(program, args, { cwd: root, stdio });
}

function say(text) {
	process.stderr.write(`set-up: ${text}\n`);
}

function fail(text) {
	say(text);
	process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp(process.argv[2]);
