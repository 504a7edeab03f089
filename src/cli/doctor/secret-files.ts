import { readFile, stat } from "node:fs/promises";
import { type Finding, fine, wrong } from "./finding.ts";

export interface SecretFile {
	/** Where the configuration names it: `notices.channels[1].secretFile`. */
	readonly key: string;
	readonly file: string;
}

/** Keys under which a configuration names a file that holds a secret; certificates are none. */
const secretKeys = new Set(["tokenFile", "passwordFile", "secretFile", "urlFile", "keyFile"]);

/** Every file of a secret that a configuration names, wherever in it. */
export function secretFilesOf(config: unknown, path = ""): readonly SecretFile[] {
	if (Array.isArray(config)) return config.flatMap((each, index) => secretFilesOf(each, `${path}[${index}]`));
	if (typeof config !== "object" || config === null) return [];
	return Object.entries(config).flatMap(([name, value]) => {
		const key = path === "" ? name : `${path}.${name}`;
		return secretKeys.has(name) && typeof value === "string" ? [{ key, file: value }] : secretFilesOf(value, key);
	});
}

/** Readable by us, not empty, and closed to others; of the group to read, since that is how many give files to a service. */
export async function secretFileFinding({ key, file }: SecretFile): Promise<Finding> {
	const about = `secret ${key}`;
	try {
		if ((await readFile(file, "utf8")).trim() === "")
			return wrong(about, `${file} is empty: write the secret into its first line`);
		const { mode } = await stat(file);
		const text = (mode & 0o777).toString(8);
		if ((mode & 0o027) !== 0)
			return wrong(about, `${file} has the mode ${text}: others can read or change it; chmod 600 ${file}`);
		return fine(about, `${file} has the mode ${text}`);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		return wrong(
			about,
			code === "ENOENT"
				? `${file} is not there: make it, with the secret in its first line`
				: `${file} cannot be read (${code})`,
		);
	}
}

/** What stands in such files, to be kept out of all that is said. */
export async function secretsIn(files: readonly SecretFile[]): Promise<readonly string[]> {
	const texts = await Promise.all(files.map(({ file }) => readFile(file, "utf8").catch(() => "")));
	return texts
		.flatMap((text) => text.split("\n").map((each) => each.trim()))
		.filter((each) => each !== "" && !each.startsWith("-----"));
}
