import { useState } from "react";
import { useTranslation } from "react-i18next";
import { loadPeople } from "../../api/handling-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Field } from "../../components/field.tsx";

/** A person who is known here, or a name. */
export type Receiver = { readonly userId: string } | { readonly name: string } | null;

interface PersonFieldProps {
	readonly onChange: (to: Receiver) => void;
	readonly error: string | null;
}

export function PersonField({ onChange, error }: PersonFieldProps) {
	const { t } = useTranslation();
	const { value } = useLoaded("people", (signal) => loadPeople(signal));
	const [userId, setUserId] = useState("");
	const [name, setName] = useState("");
	const tell = (user: string, typed: string) =>
		onChange(user !== "" ? { userId: user } : typed.trim() !== "" ? { name: typed.trim() } : null);
	return (
		<>
			<Field label={t("handling.give")} hint={t("handling.giveHint")} error={error}>
				{(tied) => (
					<select
						{...tied}
						name="to"
						autoFocus
						value={userId}
						onChange={(event) => {
							setUserId(event.target.value);
							tell(event.target.value, name);
						}}
					>
						<option value="">—</option>
						{value?.people.map((person) => (
							<option key={person.id} value={person.id}>
								{person.name}
							</option>
						))}
					</select>
				)}
			</Field>
			{userId === "" && (
				<Field label={t("handling.giveName")}>
					{(tied) => (
						<input
							{...tied}
							name="to-name"
							maxLength={80}
							autoComplete="off"
							value={name}
							onChange={(event) => {
								setName(event.target.value);
								tell(userId, event.target.value);
							}}
						/>
					)}
				</Field>
			)}
		</>
	);
}
