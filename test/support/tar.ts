/** A tar archive (ustar) of a few small files. @param type "0": plain files, "2": links */
export function tarOf(files: Readonly<Record<string, string | Uint8Array>>, type = "0"): Buffer {
	const parts = Object.entries(files).flatMap(([path, content]) => {
		const bytes = Buffer.from(content);
		return [headerOf(path, bytes.length, type), bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
	});
	return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

function headerOf(path: string, bytes: number, type: string): Buffer {
	const header = Buffer.alloc(512);
	const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, "0")}\0`;
	header.write(path, 0);
	header.write(octal(0o644, 7), 100);
	header.write(octal(0, 7), 108);
	header.write(octal(0, 7), 116);
	header.write(octal(bytes, 11), 124);
	header.write(octal(0, 11), 136);
	header.write(" ".repeat(8), 148);
	header.write(type, 156);
	header.write("ustar\0" + "00", 257);
	const sum = header.reduce((total, byte) => total + byte, 0);
	header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
	return header;
}
