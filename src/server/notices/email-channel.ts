import { createTransport, type Transporter } from "nodemailer";
import type { NoticeChannel, SendOutcome } from "./notice-channel.ts";

export interface Mailbox {
	readonly name: string;
	readonly host: string;
	readonly port: number;
	/** `tls` from the first byte, `starttls` before anything is said, `none` in the site's own network alone. */
	readonly security: "tls" | "starttls" | "none";
	readonly username: string | null;
	readonly password: string | null;
	/** PEM of the authority that signed the mail server's certificate; null: those that Node trusts. */
	readonly ca: string | null;
	readonly from: string;
	readonly to: readonly string[];
	readonly subject: string;
	readonly timeoutMs: number;
	readonly mostAttempts: number;
	readonly mostPerMinute: number;
}

/** E-mail by SMTP. Each try of one notice has the same Message-ID, by which a mailbox shows it once. */
export function emailChannel(mailbox: Mailbox): NoticeChannel {
	const { name, from, to, subject, mostAttempts, mostPerMinute } = mailbox;
	return {
		...{ name, kind: "email", mostAttempts, mostPerMinute },
		send: async (notice, signal) => {
			const transport = transportOf(mailbox);
			const stop = () => transport.close();
			signal.addEventListener("abort", stop, { once: true });
			try {
				await transport.sendMail({
					...{ from, to: [...to], subject, text: notice.text, date: new Date(notice.at) },
					messageId: `<${notice.id}@${mailbox.host}>`,
				});
				return { sent: true };
			} catch (error) {
				return outcomeOf(error as SmtpError);
			} finally {
				signal.removeEventListener("abort", stop);
				transport.close();
			}
		},
	};
}

function transportOf({ host, port, security, username, password, ca, timeoutMs }: Mailbox): Transporter {
	return createTransport({
		...{ host, port, secure: security === "tls", requireTLS: security === "starttls", ignoreTLS: security === "none" },
		...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
		...(ca === null ? {} : { tls: { ca } }),
		...(username === null ? {} : { auth: { user: username, pass: password ?? "" } }),
		/** Nothing of a file or of an address is ever read for a message. */
		...{ disableFileAccess: true, disableUrlAccess: true },
	});
}

interface SmtpError extends Error {
	readonly code?: string;
	readonly responseCode?: number;
}

/** 4xx may go better later, 5xx will not (RFC 5321, 4.2.1). What the other side wrote is not repeated: it may name people. */
function outcomeOf({ code, responseCode }: SmtpError): SendOutcome {
	if (responseCode !== undefined) {
		return { sent: false, retry: responseCode < 500, why: `the mail server refused it with ${responseCode}` };
	}
	if (code === "ETLS") return { sent: false, retry: false, why: "the mail server offers no TLS" };
	return { sent: false, retry: code !== "EAUTH", why: `cannot be sent (${code ?? "unknown"})` };
}
