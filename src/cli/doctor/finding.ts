import { InputError } from "#platform/input-error.ts";
import { redactSecrets } from "#platform/redact.ts";

/** One thing that was looked at. */
export interface Finding {
	readonly ok: boolean;
	/** What was looked at, in a word or two. */
	readonly about: string;
	/** One sentence: what was found, and where it is wrong what to do. */
	readonly words: string;
}

export const fine = (about: string, words: string): Finding => ({ ok: true, about, words });
export const wrong = (about: string, words: string): Finding => ({ ok: false, about, words });

/** What we did not foresee is a finding too: whoever asks the doctor has trouble enough. */
export async function look(about: string, examine: () => Promise<Finding | readonly Finding[]>): Promise<Finding[]> {
	try {
		return [await examine()].flat();
	} catch (error) {
		if (error instanceof InputError) return error.problems.map((problem) => wrong(about, problem));
		return [wrong(about, `cannot be looked at: ${(error as Error).message}`)];
	}
}

/** For `look`, of what has failed already. */
export async function refuse(error: unknown): Promise<never> {
	throw error;
}

export const line = ({ ok, about, words }: Finding) => `${ok ? "ok  " : "BAD "} ${about}: ${words}`;

/** Takes every one of `secrets` out of what is said, and passwords in addresses, whoever's sentence it was. */
export function withoutSecrets(finding: Finding, secrets: readonly string[]): Finding {
	const hidden = secrets.filter((secret) => secret.length >= 4).sort((a, b) => b.length - a.length);
	return {
		...finding,
		words: hidden.reduce((text, secret) => text.replaceAll(secret, "***"), redactSecrets(finding.words)),
	};
}
