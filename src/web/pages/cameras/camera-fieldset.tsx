import { useTranslation } from "react-i18next";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { EdgeAnswer } from "#contract/edges-api.ts";
import { Field } from "../../components/field.tsx";
import { AddressExamples } from "./address-examples.tsx";
import { EvidenceFields } from "./evidence-fields.tsx";
import { type CameraFields, type FieldProblems, hasStoredPassword, withAddress } from "./camera-form.ts";

const sampleChoices = [500, 1000, 2000, 5000];

interface CameraFieldsetProps {
	readonly fields: CameraFields;
	readonly onFields: (fields: CameraFields) => void;
	readonly problems: FieldProblems;
	/** What the server found wrong with the address. */
	readonly refusedAddress: string | undefined;
	/** Another camera of the site has this name. */
	readonly nameTaken: boolean;
	readonly camera: CameraAnswer | null;
	readonly edges: readonly EdgeAnswer[];
}

export function CameraFieldset(props: CameraFieldsetProps) {
	const { fields, onFields, problems, refusedAddress, nameTaken, camera, edges } = props;
	const { t } = useTranslation();
	const set = (change: Partial<CameraFields>) => onFields({ ...fields, ...change });
	const say = (problem: FieldProblems["name" | "edgeId" | "address" | "password"]) =>
		problem ? t(`camera.${problem}`) : null;
	const stored = hasStoredPassword(camera);
	const choices = sampleChoices.includes(fields.sampleEveryMs)
		? sampleChoices
		: [...sampleChoices, fields.sampleEveryMs];
	return (
		<>
			<Field label={t("camera.name")} error={say(problems.name) ?? (nameTaken ? t("organisation.nameTaken") : null)}>
				{(tied) => (
					<input
						{...tied}
						name="camera-name"
						maxLength={80}
						autoFocus={camera === null}
						placeholder={t("camera.namePlaceholder")}
						value={fields.name}
						onChange={(event) => set({ name: event.target.value })}
					/>
				)}
			</Field>
			<Field label={t("camera.edge")} error={say(problems.edgeId)}>
				{(tied) => (
					<select
						{...tied}
						name="camera-edge"
						value={fields.edgeId}
						disabled={camera !== null}
						onChange={(event) => set({ edgeId: event.target.value })}
					>
						{fields.edgeId === "" && <option value="" />}
						{!edges.some(({ id }) => id === fields.edgeId) && fields.edgeId !== "" && (
							<option value={fields.edgeId}>{fields.edgeId}</option>
						)}
						{edges.map(({ id, name, state }) => (
							<option key={id} value={id}>
								{state === "online" ? name : `${name}（${t(`edge.${state}`)}）`}
							</option>
						))}
					</select>
				)}
			</Field>
			<Field
				label={t("camera.address")}
				hint={t("camera.addressHint")}
				error={say(problems.address) ?? refusedAddress ?? null}
			>
				{(tied) => (
					<input
						{...tied}
						name="camera-address"
						className="code"
						inputMode="url"
						autoComplete="off"
						autoCapitalize="none"
						spellCheck={false}
						placeholder="rtsp://192.168.1.64:554/Streaming/Channels/102"
						value={fields.address}
						onChange={(event) => onFields(withAddress(fields, event.target.value))}
					/>
				)}
			</Field>
			<AddressExamples onChoose={(address) => set({ address })} typed={fields.address} />
			<div className="two-fields">
				<Field label={t("camera.user")}>
					{(tied) => (
						<input
							{...tied}
							name="camera-user"
							autoComplete="off"
							autoCapitalize="none"
							spellCheck={false}
							value={fields.user}
							onChange={(event) => set({ user: event.target.value })}
						/>
					)}
				</Field>
				<Field
					label={t("camera.password")}
					error={say(problems.password)}
					{...(stored ? { hint: t("camera.passwordHint") } : {})}
				>
					{(tied) => (
						<input
							{...tied}
							name="camera-password"
							type="password"
							autoComplete="new-password"
							placeholder={stored ? t("camera.passwordKept") : ""}
							value={fields.password}
							onChange={(event) => set({ password: event.target.value })}
						/>
					)}
				</Field>
			</div>
			<div className="two-fields">
				<Field label={t("camera.transport")}>
					{(tied) => (
						<select
							{...tied}
							value={fields.transport}
							onChange={(event) => set({ transport: event.target.value === "udp" ? "udp" : "tcp" })}
						>
							<option value="tcp">{t("camera.tcp")}</option>
							<option value="udp">{t("camera.udp")}</option>
						</select>
					)}
				</Field>
				<Field label={t("camera.sampleEvery")}>
					{(tied) => (
						<select
							{...tied}
							value={fields.sampleEveryMs}
							onChange={(event) => set({ sampleEveryMs: Number(event.target.value) })}
						>
							{choices.map((ms) => (
								<option key={ms} value={ms}>
									{t("camera.sampleEverySeconds", { seconds: ms / 1000 })}
								</option>
							))}
						</select>
					)}
				</Field>
			</div>
			<EvidenceFields fields={fields} onFields={onFields} problems={problems} />
		</>
	);
}
