import { existsSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A folder for tests that kill a process while it writes, thousands of times. What a killed process wrote is the
 * kernel's, in memory as on a disk; only a power cut tells them apart, and an fsync of a busy disk takes 10 ms.
 */
export function quickFolder(prefix: string): Promise<string> {
	return mkdtemp(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), prefix));
}
