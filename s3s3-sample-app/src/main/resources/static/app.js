const LOG_LENGTH = 100;

const byId = (id) => document.getElementById(id);

// All that others wrote becomes text, never markup.
function element(tag, className, text) {
	const node = document.createElement(tag);
	node.className = className;
	node.textContent = text ?? "";
	return node;
}

// As a parameter: in a path, browsers resolve a key such as "../locations".
function urlOf(key) {
	return "objects?key=" + encodeURIComponent(key);
}

function timeOf(date) {
	return date.toLocaleTimeString([], { hour12: false });
}

function addToLog(log, ...nodes) {
	const item = document.createElement("li");
	item.append(...nodes);
	log.prepend(item);
	while (log.children.length > LOG_LENGTH) {
		log.lastElementChild.remove();
	}
	return item;
}

// Calls the application and logs who served the call. Returns null if nobody did.
async function call(title, url, options = {}) {
	const start = performance.now();
	let answer = null;
	let problem = "";
	try {
		answer = await fetch(url, options);
		if (!answer.ok) {
			problem = (await answer.json().catch(() => ({}))).detail ?? "";
		}
	}
	catch {
		problem = "The application does not answer";
	}
	const location = answer?.headers.get("X-S3s3-Location");
	const badge = element("span", `location ${location ?? ""}`, location ?? "nobody");
	const took = `${answer?.status ?? "no answer"} in ${Math.round(performance.now() - start)} ms`;
	const item = addToLog(byId("calls"), element("time", "", timeOf(new Date())), element("span", "what", title),
			badge, element("span", "quiet", problem ? `${took}. ${problem}` : took));
	item.classList.toggle("failed", !answer?.ok);
	return answer?.ok ? answer : null;
}

async function list() {
	const answer = await call("List", "objects");
	if (answer) {
		showObjects(await answer.json());
	}
}

function showObjects({ objects, truncated }) {
	byId("object-rows").replaceChildren(...objects.map(objectRow));
	const count = `${objects.length} ${objects.length === 1 ? "object" : "objects"}`;
	byId("objects-note").textContent = truncated ? `The first ${count}` : count;
	byId("select-all").checked = false;
	updateSelection();
}

function objectRow({ key, size, lastModified }) {
	const box = element("input", "select");
	box.type = "checkbox";
	box.value = key;
	box.ariaLabel = `Select ${key}`;
	box.addEventListener("change", updateSelection);
	const link = element("a", "", key);
	link.href = urlOf(key);
	link.addEventListener("click", (event) => {
		event.preventDefault();
		download(key);
	});
	const remove = element("button", "", "Delete");
	remove.type = "button";
	remove.ariaLabel = `Delete ${key}`;
	remove.addEventListener("click", async () => {
		await call(`Delete ${key}`, urlOf(key), { method: "DELETE" });
		await list();
	});
	const row = document.createElement("tr");
	const cells = [["", box], ["", link], ["number", String(size)],
			["wide", new Date(lastModified).toLocaleString()], ["", remove]];
	for (const [className, content] of cells) {
		const cell = element("td", className);
		cell.append(content);
		row.append(cell);
	}
	return row;
}

function selectedKeys() {
	return [...document.querySelectorAll(".select:checked")].map((box) => box.value);
}

function updateSelection() {
	byId("delete-selected").disabled = selectedKeys().length === 0;
}

async function download(key) {
	const answer = await call(`Download ${key}`, urlOf(key));
	if (answer) {
		const link = document.createElement("a");
		link.href = URL.createObjectURL(await answer.blob());
		link.download = key.split("/").pop();
		link.click();
		setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
	}
}

async function upload(form) {
	const { key: { value: typedKey }, text: { value: typedText } } = form.elements;
	const file = form.elements.file.files[0];
	const key = typedKey.trim() || file?.name || "hello.txt";
	const stored = await call(`Upload ${key}`, urlOf(key), {
		method: "PUT",
		body: file ?? typedText,
		headers: { "Content-Type": file?.type || (file ? "application/octet-stream" : "text/plain;charset=utf-8") },
	});
	// What was typed meanwhile stays.
	if (stored && form.elements.key.value === typedKey && form.elements.text.value === typedText) {
		form.reset();
	}
	await list();
}

async function deleteSelected() {
	const keys = selectedKeys();
	await call(`Delete ${keys.length} selected`, "objects/delete", {
		method: "POST",
		body: JSON.stringify(keys),
		headers: { "Content-Type": "application/json" },
	});
	await list();
}

async function showLocations() {
	const answer = await fetch("locations").catch(() => null);
	if (answer?.ok) {
		(await answer.json()).forEach(showLocation);
	}
}

// Cards are changed in place, so that a button that was pressed keeps the focus.
function showLocation({ role, bucket, endpoint, state, health, first }) {
	const card = byId(role) ?? addLocationCard(role);
	card.querySelector(".bucket").textContent = bucket;
	card.querySelector(".endpoint").textContent = endpoint;
	card.querySelector(".health").textContent = first ? `${health}, calls go here first` : health;
	card.querySelector(".state").textContent = state === "open" ? "up" : state ?? "";
	card.querySelector(".state").className = `state ${state ?? ""}`;
	card.querySelector(".actions").hidden = !state;
	for (const button of card.querySelectorAll("button")) {
		button.ariaPressed = String(button.dataset.state === state);
	}
}

function addLocationCard(role) {
	const card = byId("location-template").content.cloneNode(true).firstElementChild;
	card.id = role;
	card.classList.add(role);
	card.querySelector(".name").textContent = role;
	card.querySelector(".actions").ariaLabel = `State of the ${role}`;
	for (const button of card.querySelectorAll("button")) {
		button.addEventListener("click", async () => {
			await fetch(`locations/${role}/${button.dataset.action}`, { method: "POST" });
			await showLocations();
		});
	}
	byId("locations").append(card);
	return card;
}

function showFailover({ time, operation, from, to, reason, effect, milliseconds }) {
	const route = element("span", "");
	route.append(element("span", `location ${from}`, from), " → ", element("span", `location ${to}`, to));
	addToLog(byId("failovers"), element("time", "", timeOf(new Date(time))), element("span", "what", operation), route,
			element("span", "quiet", `${reason} after ${milliseconds} ms, effect: ${effect}`));
}

// The stream tells what is new: what was missed meanwhile is fetched when it opens.
function followFailovers() {
	const state = byId("stream");
	const seen = new Set();
	const showOnce = (failover) => {
		if (!seen.has(failover.id)) {
			seen.add(failover.id);
			showFailover(failover);
		}
	};
	const stream = new EventSource("events/stream");
	stream.addEventListener("open", async () => {
		state.textContent = "live";
		state.className = "state open";
		seen.clear();
		byId("failovers").replaceChildren();
		(await (await fetch("events")).json()).reverse().forEach(showOnce);
	});
	stream.addEventListener("error", () => {
		state.textContent = "not connected";
		state.className = "state lost";
		// The browser tries again by itself unless it was refused.
		if (stream.readyState === EventSource.CLOSED) {
			setTimeout(followFailovers, 10_000);
		}
	});
	stream.addEventListener("RequestFailedOver", (event) => showOnce(JSON.parse(event.data)));
}

byId("upload").addEventListener("submit", (event) => {
	event.preventDefault();
	upload(event.target);
});
byId("objects").addEventListener("submit", (event) => {
	event.preventDefault();
	deleteSelected();
});
byId("refresh").addEventListener("click", list);
byId("select-all").addEventListener("change", (event) => {
	document.querySelectorAll(".select").forEach((box) => {
		box.checked = event.target.checked;
	});
	updateSelection();
});

followFailovers();
await showLocations();
setInterval(showLocations, 2_000);
await list();
