import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { InputError } from "#platform/input-error.ts";

/** Node makes keys and reads certificates; it makes none. OpenSSL is on every Debian and Ubuntu. */
export async function runOpenssl(args: readonly string[], cwd: string): Promise<void> {
	try {
		await promisify(execFile)("openssl", [...args], { cwd, timeout: 60_000, env: { PATH: process.env["PATH"] } });
	} catch (cause) {
		const { code, stderr = "" } = cause as { code?: string | number; stderr?: string };
		if (code === "ENOENT") {
			throw new InputError("tls: kind own needs openssl (Debian, Ubuntu: apt-get install -y openssl)", { cause });
		}
		throw new Error(`openssl ${args[0]} failed: ${stderr.trim().split("\n").at(-1) ?? code}`, { cause });
	}
}

/** A folder that nobody else reads, for keys that are being made; gone afterwards. */
export async function inWorkFolder<T>(
	parent: string,
	files: Readonly<Record<string, string>>,
	work: (folder: string) => Promise<T>,
): Promise<T> {
	const folder = await mkdtemp(join(parent, "making-"));
	try {
		for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text, { mode: 0o600 });
		return await work(folder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
