import { afterEach } from "vitest";

/** What a story has started is ended when it ends, last things first, also when it failed. */
export function endings(): (end: () => unknown) => void {
	const open: (() => unknown)[] = [];
	afterEach(async () => {
		for (const end of open.splice(0).reverse()) await end();
	});
	return (end) => void open.push(end);
}
