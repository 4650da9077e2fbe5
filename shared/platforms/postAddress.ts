/** Addresses of posts, as people copy them from a network. Nobody is asked whether there is such a post. Pure. */

const AUTHOR = String.raw`(did:[a-z]+:[\w.:%-]+|(?:[a-z\d-]+\.)+[a-z][a-z\d-]*)`
const KEY = String.raw`([\w.:~-]+)`
/** What apps add behind an address says nothing of the post. */
const ADDED = String.raw`/?(?:[?#]\S*)?`

const BLUESKY = [
  new RegExp(String.raw`^https://(?:www\.)?bsky\.app/profile/${AUTHOR}/post/${KEY}${ADDED}$`, 'i'),
  new RegExp(String.raw`^at://${AUTHOR}/app\.bsky\.feed\.post/${KEY}$`, 'i'),
]

/** The post an address of Bluesky names: whose it is (a handle or a DID) and the key of its record; null where it names none. */
export function blueskyPost(address: string): { readonly author: string; readonly key: string } | null {
  const [author, key] = BLUESKY.flatMap((form) => form.exec(address.trim())?.slice(1) ?? [])
  return author && key ? { author, key } : null
}

/** As Mastodon and servers of its kind write them: what stands last has a figure in it, which `/@name/followers` has not. */
const STATUS = new RegExp(
  String.raw`^https://[^\s/?#@]+/(?:@[^\s/?#]+(?:/statuses)?|(?:ap/)?users/[^\s/?#]+/statuses|notice|objects|notes)/(?=[a-z-]*\d)[\w-]+${ADDED}$`,
  'i',
)

/** Whether an address may be that of a status on a server of Mastodon's kind. */
export const isStatus = (address: string): boolean => STATUS.test(address.trim())
