/**
 * Loaded before a program by the fault bench alone (NODE_OPTIONS): names that the file KEEPCLEAR_NAMES_FILE knows (a JSON
 * object) are resolved by it. While the file says `null`, the resolver answers nothing for them, as one that is not reached.
 */
import dns from "node:dns";
import { readFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const file = process.env.KEEPCLEAR_NAMES_FILE;
if (file) {
	const addressOf = (name) => {
		const known = JSON.parse(readFileSync(file, "utf8"));
		return Object.hasOwn(known, name) ? known[name] : undefined;
	};
	const gone = (name) =>
		Object.assign(new Error(`getaddrinfo EAI_AGAIN ${name}`), { code: "EAI_AGAIN", hostname: name });
	const { lookup } = dns;
	dns.lookup = (name, options, callback = options) => {
		const address = addressOf(name);
		if (address === undefined) return lookup(name, options, callback);
		if (address === null) return void setTimeout(() => callback(gone(name)), 100);
		process.nextTick(() => {
			if (options?.all) callback(null, [{ address, family: 4 }]);
			else callback(null, address, 4);
		});
	};
	const promised = dns.promises.lookup;
	dns.promises.lookup = async (name, options) => {
		const address = addressOf(name);
		if (address === undefined) return promised(name, options);
		if (address === null) throw gone(name);
		return options?.all ? [{ address, family: 4 }] : { address, family: 4 };
	};
	syncBuiltinESMExports();
}
