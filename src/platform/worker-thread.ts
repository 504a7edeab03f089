import { Worker, type WorkerOptions } from "node:worker_threads";

/**
 * A worker thread that runs a TypeScript module. Node 20 does not hand `--import tsx` on to the entry of a thread, so
 * the entry is a line of JavaScript that registers the loader and then imports the module.
 */
export function startTypescriptWorker(module: URL, options: WorkerOptions = {}): Worker {
	const loader = import.meta.resolve("tsx/esm/api");
	const entry = `import { register } from ${JSON.stringify(loader)}; register(); await import(${JSON.stringify(module.href)});`;
	return new Worker(new URL(`data:text/javascript,${encodeURIComponent(entry)}`), { ...options, execArgv: [] });
}
