package io.s3s3.internal.consistency;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.s3s3.internal.consistency.Lookout.Arrival;
import io.s3s3.location.Location;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Looks for the last writes of many keys in one folder by one page of a listing there,
 * where that is cheaper than a {@code HEAD} of each. Not thread-safe.
 */
final class DensePrefixes {

	private static final Logger logger = LoggerFactory.getLogger(DensePrefixes.class);

	/**
	 * How many keys make a listing worth its price, which is that of some dozen
	 * <a href="https://aws.amazon.com/s3/pricing/">requests of one object</a>.
	 */
	private static final int LEAST = 25;

	/** For how long a folder is not listed whose page told of fewer keys. */
	private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);

	private static final int MAX_SPARSE = 1000;

	private final RecentWrites writes;

	private final Lookout lookout;

	/** When folders were listed in vain. */
	private final Map<String, Long> sparse = new HashMap<>();

	/** Whether the location may be listed. */
	private boolean listable = true;

	DensePrefixes(RecentWrites writes, Lookout lookout) {
		this.writes = writes;
		this.lookout = lookout;
	}

	/**
	 * Return those of some keys for which a folder is to be listed.
	 * @return the keys, in their order, or none if no listing is worth its price
	 */
	List<String> choose(Collection<String> keys) {
		if (!this.listable || keys.size() < LEAST) {
			return List.of();
		}
		Map<String, List<String>> folders = new HashMap<>();
		List<String> most = List.of();
		for (String key : keys) {
			if (isListable(key)) {
				List<String> folder = folders.computeIfAbsent(folderOf(key), (prefix) -> new ArrayList<>());
				folder.add(key);
				most = (folder.size() > most.size()) ? folder : most;
			}
		}
		if (most.size() < LEAST) {
			return List.of();
		}
		Collections.sort(most);
		return most;
	}

	private boolean isListable(String key) {
		Long vain = this.sparse.get(folderOf(key));
		KeyHistory history = (vain == null || System.nanoTime() - vain > PAUSE) ? this.writes.of(key) : null;
		ObjectIdentity only = (history != null) ? history.only() : null;
		return history != null && only != null && only.eTag() != null && !history.superseded().contains(only.eTag());
	}

	private static String folderOf(String key) {
		return key.substring(0, key.lastIndexOf('/') + 1);
	}

	/**
	 * List the folder of some keys at a location.
	 * @param keys the keys, in their order
	 * @return those whose last write has arrived there, as far as that could be found out
	 */
	Set<String> seenOf(List<String> keys, Location target) {
		Set<String> seen = new HashSet<>();
		String folder = folderOf(keys.get(0));
		try {
			for (S3Object object : target.client().listObjectsV2(page(folder, keys.get(0), target)).contents()) {
				KeyHistory history = (Collections.binarySearch(keys, object.key()) >= 0) ? this.writes.of(object.key())
						: null;
				if (history != null
						&& this.lookout.learn(object.key(), history, target, sighting(object)) == Arrival.SEEN) {
					seen.add(object.key());
				}
			}
		}
		catch (SdkException ex) {
			// Such as that we may not, or that a key there is no XML.
			logger.debug("The {} location was not listed: {}", target.role(), ex.toString());
			this.listable = !(ex instanceof S3Exception denied && denied.statusCode() == 403);
		}
		if (seen.size() < LEAST) {
			if (this.sparse.size() == MAX_SPARSE) {
				this.sparse.clear();
			}
			this.sparse.put(folder, System.nanoTime());
		}
		return seen;
	}

	private static ListObjectsV2Request page(String folder, String first, Location target) {
		// A page begins after a key.
		int end = first.length() - (Character.isLowSurrogate(first.charAt(first.length() - 1)) ? 2 : 1);
		return ListObjectsV2Request.builder()
			.bucket(target.bucket())
			.expectedBucketOwner(target.expectedBucketOwner())
			.prefix(folder)
			.encodingType(EncodingType.URL)
			.startAfter(first.substring(0, Math.max(end, 0)))
			.build();
	}

	private static Sighting sighting(S3Object object) {
		return new Sighting(true, ObjectIdentity.of(null, object.eTag()), object.lastModified(), null);
	}

}
