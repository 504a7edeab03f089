import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rm, rmdir, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = async (program: string, ...args: string[]) => promisify(execFile)(program, args);

/** So many bytes: room for every clip. */
const diskBytes = 1_000_000_000;

/**
 * What lies in memory is written when it is asked for (fsync) and hardly before: what was not asked for is lost with the
 * power. A file that takes the place of another is not written by the way either.
 */
const options = "loop,commit=600,noauto_da_alloc";

/** A file system (ext4) of its own, in a file in memory, under a data folder. */
export interface OwnDisk {
	readonly folder: string;
	/** As a disk turns on which writing failed: whoever has files open can write them no more either. Until `mend`. */
	turnReadOnly(): Promise<void>;
	/** As when the power goes: nothing that waits in memory is written any more, the journal neither. Until `mend`. */
	losePower(): Promise<void>;
	/** As an operator does: checked and mounted anew. Nobody may have files open on it. */
	mend(): Promise<void>;
	close(): Promise<void>;
}

/** Null where this machine does not let us. */
export async function makeOwnDisk(folder: string): Promise<OwnDisk | null> {
	const image = join(existsSync("/dev/shm") ? "/dev/shm" : "/tmp", `keepclear-disk-${randomUUID()}`);
	await mkdir(folder, { mode: 0o700 });
	const mount = async () => {
		await run("mount", "-t", "ext4", "-o", options, image, folder);
		await rmdir(join(folder, "lost+found")).catch(() => undefined);
	};
	try {
		await writeFile(image, "", { mode: 0o600 });
		await truncate(image, diskBytes);
		await run("mkfs.ext4", "-q", "-F", "-m", "0", "-E", "root_owner=0:0", image);
		await mount();
		await run("chmod", "700", folder);
	} catch {
		await rm(image, { force: true });
		return null;
	}
	const unmount = async () => {
		for (let tries = 0; ; tries++) {
			const done = await run("umount", folder).then(
				() => true,
				() => false,
			);
			if (done) return;
			if (tries > 50) throw new Error(`${folder} is still in use`);
			await promisify(setTimeout)(200);
		}
	};
	return {
		folder,
		turnReadOnly: async () => void (await run("mount", "-o", "remount,abort", folder)),
		losePower: async () => void (await run("perl", "-e", shutdown, folder)),
		async mend() {
			await unmount();
			// 1: mended; the journal is played back as at a start.
			await run("e2fsck", "-p", image).catch((error: { code?: number }) => {
				if (error.code !== 1) throw error as Error;
			});
			await mount();
		},
		async close() {
			await run("umount", "-l", folder).catch(() => undefined);
			await rm(image, { force: true });
		},
	};
}

/** EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH, which the kernel has for this very purpose. Node has no ioctl. */
const shutdown = `open(my $d, "<", $ARGV[0]) or die $!; my $how = pack("L", 2); ioctl($d, 0x8004587d, $how) or die $!`;
