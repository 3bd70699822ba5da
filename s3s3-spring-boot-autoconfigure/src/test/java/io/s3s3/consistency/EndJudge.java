package io.s3s3.consistency;

import java.util.HashSet;
import java.util.Set;

import io.s3s3.event.ReadUnproven;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestListener;
import io.s3s3.event.WriteBuried;
import io.s3s3.event.WriteNotReplicated;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;

/**
 * Holds what the stores have in the end against what the process wrote: where that is
 * wrong, the process must have told so by itself. Not thread-safe.
 */
final class EndJudge implements RequestListener {

	/** Where the process has told that a key is wrong. */
	private final Set<String> told = new HashSet<>();

	/** Where it has told that an own write is lost, since nothing happens any more. */
	private final Set<String> lost = new HashSet<>();

	private boolean settled;

	/**
	 * Note what a process tells. What its calls tell depends on who reads.
	 */
	@Override
	public void onRequestEvent(RequestEvent event) {
		if (!event.getCall().asynchronous()) {
			return;
		}
		if (event instanceof WriteBuried buried) {
			tell(buried, buried.getLocation());
		}
		if (event instanceof ReadUnproven unproven) {
			tell(unproven, unproven.getLocation());
		}
		if (event instanceof WriteNotReplicated missing) {
			tell(missing, missing.getLocation());
		}
	}

	@Override
	public boolean wants(Class<? extends RequestEvent> type) {
		return type == WriteBuried.class || type == WriteNotReplicated.class || type == ReadUnproven.class;
	}

	private void tell(RequestEvent event, LocationRole location) {
		String key = location + ((HeadObjectRequest) event.getRequest()).key();
		this.told.add(key);
		if (this.settled && !(event instanceof ReadUnproven)) {
			this.lost.add(key);
		}
	}

	/**
	 * Note that nothing happens any more.
	 */
	void settle() {
		this.settled = true;
	}

	/**
	 * Judge what the stores have when nothing happens any more.
	 */
	void judge(SimulatedPair pair, OwnHistory history, Judge judge) {
		for (String key : Workload.keys()) {
			for (LocationRole location : LocationRole.values()) {
				String content = pair.store(location).bucket().content(key);
				long now = history.tick();
				if (!judge.isShared(key) && !history.admissible(key, now).contains(content)
						&& isRecognizable(key, content, pair, history) && !this.told.contains(location + key)) {
					judge.find(Finding.Kind.LOST, key, location + " has " + content + " in the end");
				}
				if (this.lost.contains(location + key) && history.takenBack(key) == 0
						&& history.latest(key, now).size() == 1 && (content == null || history.isUnique(key, content))
						&& history.recognizable(key, now).contains(content)
						&& history.admissible(key, now).contains(content)) {
					judge.find(Finding.Kind.ALARMED, key, location + " has " + content + " in the end");
				}
				if (content != null && !history.isTold(key, content)) {
					// The process may have seen it by itself, and take it for somebody
					// else's.
					judge.share(key);
				}
			}
		}
	}

	/**
	 * Return whether answers have told the process enough to know that a content is old.
	 */
	private static boolean isRecognizable(String key, @Nullable String content, SimulatedPair pair,
			OwnHistory history) {
		long now = history.tick();
		if (history.takenBack(key) > 0 || history.acknowledged(key, now).contains(content)) {
			return false;
		}
		return (content != null)
				? history.isOwn(key, content) && history.isUnique(key, content) && history.isTold(key, content)
				: !pair.isDeletedByOthers(key, now) && !history.mayBeGone(key, now);
	}

}
