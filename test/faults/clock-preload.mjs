/**
 * Loaded before a program by the fault bench alone (NODE_OPTIONS): the clock that the program sees is set by as many
 * milliseconds as the file KEEPCLEAR_CLOCK_FILE says. The machine's clock is not touched, the monotonic one is not moved;
 * instants of files are shown by the set clock, as they would be. SQLite's own clock and that of children that are no
 * Node programs (ffmpeg) stay where they are.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const file = process.env.KEEPCLEAR_CLOCK_FILE;
if (file) {
	const RealDate = Date;
	const { readFileSync } = fs;
	let setByMs = 0;
	let readAt = -Infinity;
	const offset = () => {
		if (performance.now() - readAt > 100) {
			readAt = performance.now();
			try {
				setByMs = Number(readFileSync(file, "utf8")) || 0;
			} catch {
				// being written: as before
			}
		}
		return setByMs;
	};
	const now = () => RealDate.now() + offset();
	globalThis.Date = new Proxy(RealDate, {
		construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [now()] : args, self),
		apply: () => new RealDate(now()).toString(),
		get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
	});

	const shown = (stats) => {
		for (const key of ["atime", "mtime", "ctime", "birthtime"]) {
			if (typeof stats?.[`${key}Ms`] !== "number") continue;
			Object.defineProperty(stats, `${key}Ms`, { value: stats[`${key}Ms`] + offset(), configurable: true });
			Object.defineProperty(stats, key, { value: new RealDate(stats[`${key}Ms`]), configurable: true });
		}
		return stats;
	};
	for (const name of ["statSync", "lstatSync", "fstatSync"]) {
		const real = fs[name];
		fs[name] = (...args) => shown(real(...args));
	}
	for (const name of ["stat", "lstat"]) {
		const real = fs.promises[name];
		fs.promises[name] = async (...args) => shown(await real(...args));
	}
	syncBuiltinESMExports();
}
