import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "#platform/write-atomically.ts";
import type { NoticeChannel } from "./notice-channel.ts";

/** One JSON file a notice, whole or not at all, for another program to take. Written again it is the same file. */
export function fileChannel({ name, folder }: { readonly name: string; readonly folder: string }): NoticeChannel {
	return {
		name,
		kind: "file",
		mostAttempts: 5,
		mostPerMinute: Infinity,
		send: async (notice) => {
			try {
				await mkdir(folder, { recursive: true, mode: 0o700 });
				await writeAtomically(join(folder, `${notice.id}.json`), `${JSON.stringify(notice, null, "\t")}\n`);
				return { sent: true };
			} catch (error) {
				const code = (error as NodeJS.ErrnoException).code ?? "unknown";
				return { sent: false, retry: true, why: `the folder cannot be written to (${code})` };
			}
		},
	};
}
