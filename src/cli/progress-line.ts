/** On a terminal one line that is written over; elsewhere (CI) a line now and then, so that a log stays readable. */
export function progressLine(out: NodeJS.WriteStream, everyMs = 10_000) {
	let open = false;
	let lastAt = Date.now();
	const end = () => {
		if (open) out.write("\r\x1b[K");
		open = false;
	};
	return {
		say: (line: string): void => {
			end();
			out.write(`${line}\n`);
		},
		show: (text: string): void => {
			if (out.isTTY) {
				out.write(`\r\x1b[K${text}`);
				open = true;
			} else if (Date.now() - lastAt >= everyMs) {
				lastAt = Date.now();
				out.write(`${text}\n`);
			}
		},
		end,
	};
}
