import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { access, lstat, open, readdir, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { freeBytes } from "#platform/free-bytes.ts";
import { readableBytes } from "../readable-bytes.ts";
import { type Finding, fine, wrong } from "./finding.ts";

const about = "data folder";
/** Of each folder in it: evidence has a folder for each alert. */
const mostLookedAt = 200;

/** Whether a data folder is there, ours to write, closed to others, and has room above the mark of its configuration. */
export async function folderFindings(
	folder: string,
	{ minFreeBytes, key }: { readonly minFreeBytes: number; readonly key: string },
): Promise<readonly Finding[]> {
	const found = await stat(folder).catch((error: NodeJS.ErrnoException) => error.code ?? "unknown");
	if (found === "ENOENT") return [await toBeMade(folder)];
	if (typeof found === "string")
		return [wrong(about, `${folder} cannot be looked at (${found}): run this as the user who runs Keepclear`)];
	if (!found.isDirectory())
		return [wrong(about, `${folder} is no folder: move it aside, or name another as dataFolder`)];
	return [
		await writableFinding(folder, found.uid),
		...(await othersFiles(folder, found.uid)),
		modeFinding(folder, found.mode),
		await roomFinding(folder, minFreeBytes, key),
	];
}

async function toBeMade(folder: string): Promise<Finding> {
	let parent = dirname(resolve(folder));
	while (parent !== dirname(parent) && !(await stat(parent).catch(() => null))) parent = dirname(parent);
	const mayMake = await access(parent, constants.W_OK).then(
		() => true,
		() => false,
	);
	return mayMake
		? fine(about, `${folder} is not there yet: the first start makes it`)
		: wrong(
				about,
				`${folder} is not there, and ${parent} cannot be written: make it, and give it to the user who runs Keepclear`,
			);
}

/** By writing: what a file system says of its rights is not always what it does. */
async function writableFinding(folder: string, owner: number): Promise<Finding> {
	const file = join(folder, `.doctor-${randomBytes(6).toString("hex")}`);
	try {
		const handle = await open(file, "wx", 0o600);
		try {
			await handle.write("x");
			await handle.sync();
		} finally {
			await handle.close();
		}
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		return wrong(about, `${folder} cannot be written (${code}): ${whatToDo(code)}`);
	} finally {
		await rm(file, { force: true }).catch(() => undefined);
	}
	const isOurs = process.getuid?.() === owner;
	return fine(
		about,
		`${folder} can be written${isOurs ? "" : `, and is of user ${owner}: run this as the one who runs Keepclear`}`,
	);
}

function whatToDo(code: string | undefined): string {
	switch (code) {
		case "ENOSPC":
		case "EDQUOT":
			return "the disk is full; make room";
		case "EROFS":
			return "the disk is mounted read-only; look at dmesg for why, and at the mount";
		default:
			return "give it to the user who runs Keepclear (chown -R), or run this as that user";
	}
}

/** Left by somebody who was not the one who runs Keepclear, mostly root: the program cannot read or change them. */
async function othersFiles(folder: string, owner: number): Promise<readonly Finding[]> {
	const names = await readdir(folder).catch(() => [] as string[]);
	const inside = await Promise.all(
		names.map(async (name) => {
			const below = await readdir(join(folder, name)).catch(() => [] as string[]);
			return [name, ...below.slice(0, mostLookedAt).map((each) => join(name, each))];
		}),
	);
	const others: string[] = [];
	for (const name of inside.flat()) {
		const found = await lstat(join(folder, name)).catch(() => null); // gone meanwhile
		if (found && found.uid !== owner) others.push(name);
	}
	if (others.length === 0) return [];
	const more = others.length > 1 ? ` and ${others.length - 1} more` : "";
	return [
		wrong(
			about,
			`${join(folder, others[0] ?? "")}${more} is of another user than the folder: chown -R --reference=${folder} ${folder}`,
		),
	];
}

function modeFinding(folder: string, mode: number): Finding {
	const text = (mode & 0o777).toString(8);
	return (mode & 0o007) === 0
		? fine(about, `${folder} has the mode ${text}`)
		: wrong(about, `${folder} has the mode ${text}: others on this machine see what is in it; chmod 700 ${folder}`);
}

async function roomFinding(folder: string, minFreeBytes: number, key: string): Promise<Finding> {
	const free = await freeBytes(folder);
	const words = `${readableBytes(free)} free, the mark (${key}) is ${readableBytes(minFreeBytes)}`;
	return free < minFreeBytes
		? wrong("disk", `${words}: no more evidence is kept; make room, or move the data folder to a larger disk`)
		: fine("disk", words);
}
