import { Socket } from "node:net";
import { nobody } from "../confined-child.ts";
import { FrameReader, piecesOf } from "./frames.ts";

/** Our own program is believed; a frame of this size is a mistake all the same. */
const mostBytes = 1 << 30;

/** What a worker says: once that it is ready, then what it found at each task; and why it dies, where it still can. */
export type WorkerAnswer =
	| { readonly kind: "ready" }
	| { readonly kind: "found"; readonly found: unknown }
	| { readonly kind: "failed"; readonly why: string }
	| { readonly kind: "dies"; readonly why: string };

/**
 * The whole of a worker's program, which `WorkerProcess` starts: opens what it was given, gives up its user where it may,
 * and then does one task after the other, until nobody gives any more.
 */
export async function serveTasks<Given, Task>(
	open: (given: Given) => Promise<(task: Task, bytes: Uint8Array<ArrayBuffer>) => Promise<unknown>>,
): Promise<void> {
	const answers = new Socket({ fd: 3 });
	const answer = (words: WorkerAnswer) => {
		for (const piece of piecesOf(words)) answers.write(piece);
	};
	// Whoever ends the program by its group or by Ctrl-C means the program: it ends us.
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});
	process.on("uncaughtException", (error) => {
		answer({ kind: "dies", why: sentenceOf(error) });
		answers.end(() => process.exit(1));
	});
	const reader = new FrameReader(mostBytes);
	let work: Awaited<ReturnType<typeof open>> | null = null;
	for await (const piece of process.stdin) {
		for (const { words, bytes } of reader.take(piece as Buffer)) {
			try {
				if (work) answer({ kind: "found", found: await work(words as Task, bytes) });
				else {
					work = await open(words as Given);
					becomeNobody();
					answer({ kind: "ready" });
				}
			} catch (error) {
				answer({ kind: "failed", why: sentenceOf(error) });
			}
		}
	}
	process.exit(0); // a model's threads would keep it
}

/** Files are open by now: whoever takes this process over by what it is given is nobody on this machine. */
function becomeNobody(): void {
	if (process.getuid?.() !== 0) return;
	try {
		process.setgroups?.([]);
		process.setgid?.(nobody);
		process.setuid?.(nobody);
	} catch {
		// a container that lets nobody change the user: `keepclear doctor` says with what children run
	}
}

function sentenceOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
