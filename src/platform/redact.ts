/**
 * `rtsp://user:secret@host/` becomes `rtsp://user:***@host/`, wherever in a text it stands. Strangers choose what we log: the
 * time that this takes grows with the length of the text and no faster, whatever is in it.
 */
export function redactSecrets(text: string): string {
	return text.includes("@") ? text.replace(/[^\s"']+/g, redactWord) : text;
}

/** What stands between the first address with a user in it and the last host: a password may hold anything but blanks and quotes. */
function redactWord(word: string): string {
	const end = lastHostAt(word);
	if (end < 0) return word;
	const head = /[a-z][a-z0-9+.-]{0,15}:\/\/[^/:@]*:/i.exec(word.slice(0, end));
	return head ? `${word.slice(0, head.index + head[0].length)}***${word.slice(end)}` : word;
}

/** The last @ after which a host begins. */
function lastHostAt(word: string): number {
	for (let at = word.length - 2; at >= 0; at -= 1) {
		if (word[at] === "@" && word[at + 1] !== "@" && word[at + 1] !== "/") return at;
	}
	return -1;
}
