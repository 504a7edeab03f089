import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PasswordAnswer, UserAnswer } from "#contract/users-api.ts";
import { account, answersForEverySite } from "../../account.ts";
import { loadReceivers } from "../../api/clues-api.ts";
import { errorText } from "../../api/error-text.ts";
import { loadOrganisation } from "../../api/organisation-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { changeUser, endSessions, loadUsers, renewPassword, resetFactor } from "../../api/users-api.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Icon } from "../../components/icon.tsx";
import { Failure } from "../../components/message.tsx";
import { say } from "../../components/notices.tsx";
import { useObservable } from "../../observable.ts";
import { AdminTabs } from "../organisation/admin-tabs.tsx";
import { DoneBar } from "../organisation/done-bar.tsx";
import { PasswordDialog } from "./password-dialog.tsx";
import { scopeWords } from "./scope-words.ts";
import { UserDialog } from "./user-dialog.tsx";
import { UserTable, type UserCommand } from "./user-table.tsx";
import { userConflict } from "./user-words.ts";
import "../organisation/organisation.css";
import "./users.css";

type Asked = { readonly what: UserCommand | "add"; readonly user: UserAnswer | null };
type Done = {
	readonly text: string;
	readonly undo: ((revision: number) => Promise<unknown>) | null;
	readonly id: string;
};

/** Who may sign in, as what, and where. */
export default function UsersPage() {
	const { t } = useTranslation();
	const who = useObservable(account);
	const ofAll = answersForEverySite(who);
	const users = useLoaded("users", loadUsers);
	const organisation = useLoaded("organisation", loadOrganisation);
	const receivers = useLoaded("receivers", loadReceivers);
	const [asked, setAsked] = useState<Asked | null>(null);
	const [issued, setIssued] = useState<PasswordAnswer | null>(null);
	const [done, setDone] = useState<Done | null>(null);
	const [text, setText] = useState("");
	if (!users.value || !organisation.value) {
		const error = users.error ?? organisation.error;
		if (error === null) return <p className="loading">{t("app.loading")}</p>;
		return (
			<Failure title={t("users.title")} error={error} onRetry={users.error ? users.reload : organisation.reload} />
		);
	}
	const places = organisation.value;
	const all = users.value.users;
	const plain = text.trim().toLowerCase();
	const shown = all.filter(({ name, role, scopes }) =>
		[name, t(`roles.role_${role}`), ...scopes.map((scope) => scopeWords(t, places, scope))]
			.join(" ")
			.toLowerCase()
			.includes(plain),
	);

	async function setDisabled(user: UserAnswer, disabled: boolean) {
		await changeUser(user.id, { revision: user.revision, disabled });
		users.reload();
		setDone({
			...{ id: user.id, text: t(disabled ? "users.disabled" : "users.enabled", { name: user.name }) },
			undo: (revision) => changeUser(user.id, { revision, disabled: !disabled }),
		});
	}

	async function undo() {
		const user = all.find(({ id }) => id === done?.id);
		if (!done?.undo || !user) return;
		try {
			await done.undo(user.revision);
			say(t("users.undone"));
		} catch (failure) {
			say(userConflict(t, failure, user.name) ?? errorText(t, failure), "bad");
		}
		setDone(null);
		users.reload();
	}

	function onCommand(what: UserCommand, user: UserAnswer) {
		if (what !== "enable") return setAsked({ what, user });
		setDisabled(user, false).catch((failure: unknown) => {
			say(userConflict(t, failure, user.name) ?? errorText(t, failure), "bad");
			users.reload();
		});
	}

	/** Says in the dialog what stands in the way. */
	async function confirm(what: Asking, user: UserAnswer) {
		try {
			if (what === "disable") await setDisabled(user, true);
			if (what === "renew") setIssued(await renewPassword(user.id));
			if (what === "endSessions") {
				await endSessions(user.id);
				setDone({ id: user.id, text: t("users.sessionsEnded", { name: user.name }), undo: null });
			}
			if (what === "resetFactor") {
				await resetFactor(user.id);
				setDone({ id: user.id, text: t("users.factorReset", { name: user.name }), undo: null });
			}
			users.reload();
		} catch (failure) {
			const conflict = userConflict(t, failure, user.name);
			if (conflict === null) throw failure;
			say(conflict, "bad");
			users.reload();
		}
	}

	return (
		<div className="page" data-testid="users-page">
			<AdminTabs />
			<div className="page-head">
				<div>
					<h1>{t("users.title")}</h1>
					<p>{t("users.hint")}</p>
				</div>
				<button
					type="button"
					className="button primary"
					data-testid="add-user"
					onClick={() => setAsked({ what: "add", user: null })}
				>
					<Icon name="plus" />
					{t("users.add")}
				</button>
			</div>
			<DoneBar text={done?.text ?? null} onUndo={done?.undo ? undo : null} />
			<div className="org-filter">
				<label className="wall-search">
					<span className="visually-hidden">{t("users.search")}</span>
					<Icon name="search" />
					<input
						type="search"
						placeholder={t("users.search")}
						value={text}
						onChange={({ target }) => setText(target.value)}
					/>
				</label>
			</div>
			<UserTable
				users={shown}
				organisation={places}
				receivers={receivers.value?.receivers ?? []}
				ownId={who.state === "signed_in" ? who.user.id : ""}
				onCommand={onCommand}
			/>
			{asked && (asked.what === "add" || asked.what === "edit") && (
				<UserDialog
					user={asked.user}
					organisation={places}
					receivers={receivers.value?.receivers ?? []}
					ofAll={ofAll}
					onAdded={(answer) => {
						setIssued(answer);
						users.reload();
					}}
					onChanged={({ id, name, role, scopes, receiverId }) => {
						users.reload();
						setDone({
							...{ id, text: t("users.changed", { name }) },
							undo: (revision) => changeUser(id, { revision, grant: { role, scopes, receiverId } }),
						});
					}}
					onClose={() => setAsked(null)}
				/>
			)}
			{asked?.user && isAsking(asked.what) && (
				<AskUser what={asked.what} user={asked.user} onConfirm={confirm} onClose={() => setAsked(null)} />
			)}
			{issued && <PasswordDialog issued={issued} onClose={() => setIssued(null)} />}
		</div>
	);
}

/** What is asked back before it is done. */
const asking = ["disable", "endSessions", "renew", "resetFactor"] as const;
type Asking = (typeof asking)[number];
const isAsking = (what: string): what is Asking => asking.some((one) => one === what);

interface AskUserProps {
	readonly what: Asking;
	readonly user: UserAnswer;
	readonly onConfirm: (what: Asking, user: UserAnswer) => Promise<void>;
	readonly onClose: () => void;
}

function AskUser({ what, user, onConfirm, onClose }: AskUserProps) {
	const { t } = useTranslation();
	return (
		<ConfirmDialog
			title={t(`users.${what}Title`, { name: user.name })}
			confirm={t(`users.${what}`)}
			danger={what === "disable"}
			testId="ask-user"
			onConfirm={() => onConfirm(what, user)}
			onClose={onClose}
		>
			{t(`users.${what}Text`)}
		</ConfirmDialog>
	);
}
