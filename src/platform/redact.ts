/** `rtsp://user:secret@host/` becomes `rtsp://user:***@host/`, wherever in a text it stands. */
export function redactSecrets(text: string): string {
	return text.replace(/\b([a-z][a-z0-9+.-]*:\/\/[^\s/:@"']*):[^\s"']*@(?=[^\s@"'/]+)/gi, "$1:***@");
}
