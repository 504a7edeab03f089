// Holds the lock file against what is allowed: every package's licence, and whose scripts may run when it is installed.
//
//   node scripts/check-licences.mjs [FOLDER]     of package.json, package-lock.json and allowed-licences.json; default: here
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * One sentence a problem.
 * @param lock package-lock.json, version 3
 * @param manifest package.json
 * @param allowed `licences`: SPDX names; `packages`: name -> licence, where the lock file lacks it or it is another
 */
export function licenceProblems(lock, manifest, { licences, packages }) {
	const problems = [];
	const seen = new Set();
	for (const [path, each] of Object.entries(lock.packages)) {
		if (path === "" || each.link) continue;
		const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
		const licence = each.license ?? "";
		const named = packages[name];
		if (named !== undefined) seen.add(name);
		if (named === undefined ? !isAllowed(licence, licences) : licence !== "" && licence !== named) {
			problems.push(
				`${path} ${each.version}: its licence is ${licence || "not told"}; allowed are ${licences.join(", ")}, ` +
					"and what allowed-licences.json names by package",
			);
		}
		if (each.hasInstallScript && !(name in (manifest.allowScripts ?? {}))) {
			problems.push(`${path} ${each.version}: runs a script when it is installed; say in allowScripts whether it may`);
		}
	}
	for (const name of Object.keys(packages)) {
		if (!seen.has(name)) problems.push(`allowed-licences.json: ${name} is no package of the lock file any more`);
	}
	return problems;
}

/** `MIT`, `(MIT OR GPL-3.0)`: one that is allowed will do; `MIT AND ISC`: each must be. */
export function isAllowed(expression, licences) {
	const text = expression.trim().replace(/^\((.*)\)$/, "$1");
	if (text === "") return false;
	if (text.includes("(")) return false; // nested: for a person to look at
	return text.split(/ OR /).some((choice) => choice.split(/ AND /).every((each) => licences.includes(each.trim())));
}

const self = fileURLToPath(import.meta.url);
if (process.argv[1] && existsSync(process.argv[1]) && realpathSync(process.argv[1]) === self) {
	const root = process.argv[2] ?? fileURLToPath(new URL("..", import.meta.url));
	const read = (file) => JSON.parse(readFileSync(file, "utf8"));
	const allowed = read(fileURLToPath(new URL("allowed-licences.json", import.meta.url)));
	const lock = read(join(root, "package-lock.json"));
	const problems = licenceProblems(lock, read(join(root, "package.json")), allowed);
	for (const problem of problems) console.error(problem);
	if (problems.length > 0) process.exitCode = 1;
	else
		console.log(
			`${Object.keys(lock.packages).length - 1} packages: every licence is allowed, every install script is named`,
		);
}
