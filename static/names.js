// Offers names while one types into a field whose <datalist> says where to ask. Without
// this it is a text field.
const PAUSE = 150; // milliseconds without a key, before anything is asked
const newest = new WeakMap(); // by list: answers to older questions come too late
let timer = 0;

const offer = async (list, typed) => {
  newest.set(list, typed);
  const address = new URL(list.dataset.names, location.href);
  address.searchParams.set("q", typed);
  try {
    const answer = await fetch(address);
    if (!answer.ok) return;
    const { names } = await answer.json();
    if (newest.get(list) !== typed) return;
    list.replaceChildren(
      ...names.map((name) => {
        const option = document.createElement("option");
        option.value = name;
        return option;
      }),
    );
  } catch {
    // Offline: the name is typed.
  }
};

document.addEventListener("input", ({ target }) => {
  const list = target.list;
  if (!list?.dataset.names) return;
  clearTimeout(timer);
  timer = setTimeout(() => offer(list, target.value), PAUSE);
});
