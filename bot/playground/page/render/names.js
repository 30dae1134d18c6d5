// What people and channels are called.

/** What people call somebody; `label` where nobody knows them. */
export function userName({ id, label = "" }, { users }) {
  const user = users?.get(id);
  if (!user) return label || id;
  return user.is_bot ? user.name : user.real_name || user.name;
}

/** What a mentioned channel is called. */
export function channelName({ id, label = "" }, { channels }) {
  return channels?.get(id)?.name || label || id;
}
