import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Half an upload is flushed to the disk by nobody: after a power cut it may have its length and not its bytes. So what
 * was begun before the machine last started is begun anew. Where the system does not say when that was, all of it is.
 */
export function dropUnlessSameBoot(folder: string, boot = idOfThisBoot()): void {
	const note = join(folder, ".boot");
	if (boot !== null && readOrNull(note) === boot) return;
	for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true });
	if (boot !== null) writeFileSync(note, boot);
}

const idOfThisBoot = () => readOrNull("/proc/sys/kernel/random/boot_id");

function readOrNull(file: string): string | null {
	try {
		return readFileSync(file, "utf8").trim();
	} catch {
		return null;
	}
}
