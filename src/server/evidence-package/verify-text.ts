import { packageFolders, sumsName } from "#contract/evidence-package.ts";
import type { PackedEvidence } from "./pack-evidence.ts";

/** How to check a package by tools that every system has, for whoever does not want to take our program's word. */
export function verifyText(
	{ manifests, absent }: Pick<PackedEvidence, "manifests" | "absent">,
	isMasked = false,
): string {
	const checks = manifests.map(({ name, keyId }) =>
		[
			`openssl pkeyutl -verify -pubin -inkey ${packageFolders.keys}${keyId}.pem -rawin \\`,
			`    -in ${name}.json -sigfile ${name}.sig`,
		].join("\n"),
	);
	const keys = [...new Set(manifests.map(({ keyId }) => keyId))];
	const ids = keys.map((keyId) =>
		[`openssl pkey -pubin -in ${packageFolders.keys}${keyId}.pem -outform DER | sha256sum`, `    = ${keyId}`].join(
			"\n",
		),
	);
	const isLacking = absent.length > 0;
	return [
		...[chinese(checks, ids), isMasked ? chineseMasked : "", isLacking ? chineseAbsent : "", "\n"],
		...[english(checks, ids), isMasked ? englishMasked : "", isLacking ? englishAbsent : ""],
	].join("");
}

const chineseAbsent = `
清单中列出的个别文件，移交单位也没有：contents.json 的 absent 写明每个文件的名称、封存时的 SHA-256 和原因。
其余文件由清单证明，不受影响。
`;

const englishAbsent = `
Some files that the manifests name are not with the site either: contents.json says under "absent" which, with the SHA-256
that was sealed, and why. What the manifests prove of the other files does not depend on them.
`;

const chineseMasked = `
本包不含原始照片和视频：${packageFolders.masked} 中是遮挡了路人面部和其他车辆号牌的副本，副本未经签名。
清单中列出的是原始文件，由移交单位保存；contents.json 的 withheld 写明每个文件不在包内的原因和其 SHA-256，
取得原始文件后可与清单核对。
`;

const englishMasked = `
The original photos and clips are not in this package: what lies in ${packageFolders.masked} are copies in which bystanders'
faces and other vehicles' plates are masked. They are not sealed. The manifests name the originals, which are with the site;
contents.json says under "withheld" why each is not here, and its SHA-256: who gets an original can hold it against that.
`;

const chinese = (checks: readonly string[], ids: readonly string[]) => `如何核验本证据包（线索，待审核）
================================

在本文件夹中打开终端，需要 sha256sum 和 OpenSSL 3。若装有 Keepclear，一条命令即可：keepclear verify 本文件夹

1. 文件是否与清单一致（每一行都应显示 OK 或"成功"）：

sha256sum -c ${sumsName}

2. 清单是否由边缘节点自己的密钥签名（应显示 Signature Verified Successfully）：

${checks.join("\n")}

3. 密钥是否就是该边缘节点的密钥：计算指纹，并与服务器"边缘节点"处登记的、或事先公布的指纹比对。
   密钥随包附带，只有指纹来自另一可信途径时才能证明来源：

${ids.join("\n")}

4. ${packageFolders.manifests} 中的清单列出每个文件的名称、字节数和 SHA-256，与 ${packageFolders.files} 中的文件逐一比对。
   同一链条中，后一份清单的 previous 等于前一份清单文件的 SHA-256：

sha256sum ${packageFolders.manifests}*.json ${packageFolders.files}*

${packageFolders.unsealed} 中如有文件，则未经签名，无法证明其未被改动。
`;

const english = (
	checks: readonly string[],
	ids: readonly string[],
) => `How to verify this package of evidence (a clue, to be reviewed)
===============================================================

Open a terminal in this folder; sha256sum and OpenSSL 3 are needed. With Keepclear it is one command:
keepclear verify THIS-FOLDER

1. Are the files those of the list? Every line must say OK:

sha256sum -c ${sumsName}

2. Are the manifests signed with the edge's own key? Each must say "Signature Verified Successfully":

${checks.join("\n")}

3. Is the key that edge's? Compare its fingerprint with the one that the server shows for the edge, or that was published
   before. The key came with the package: only a fingerprint from elsewhere proves where the package is from:

${ids.join("\n")}

4. The manifests in ${packageFolders.manifests} list name, bytes and SHA-256 of each file; compare them with ${packageFolders.files}.
   Within a chain, "previous" of a manifest is the SHA-256 of the manifest before it:

sha256sum ${packageFolders.manifests}*.json ${packageFolders.files}*

Files in ${packageFolders.unsealed}, where there are any, are not signed: nothing vouches for them.
`;
