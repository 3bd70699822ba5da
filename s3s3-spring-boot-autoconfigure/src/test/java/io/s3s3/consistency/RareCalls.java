package io.s3s3.consistency;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import io.s3s3.FailoverS3Client;
import io.s3s3.event.ReadUnproven;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Calls of one process that are less simple: writes with conditions, listings, and reads
 * by another process that was told of a write. Not thread-safe.
 */
final class RareCalls {

	/** The codes that tell that an object was not deleted. */
	private static final Set<String> DENIALS = Set.of("PreconditionFailed", "NoSuchKey", NotReplicatedException.CODE);

	private final Random random;

	private final FailoverS3Client client;

	private final FailoverS3Client other;

	private final OwnHistory history;

	private final Judge judge;

	private final PlacementJudge placement;

	private final SimulationLog log;

	private final VersionDeletions versions;

	private @Nullable LocationRole served;

	private int written;

	/**
	 * Create calls.
	 * @param client makes the calls
	 * @param other makes those of another process, with a memory of its own
	 */
	RareCalls(Random random, FailoverS3Client client, FailoverS3Client other, OwnHistory history, Judge judge,
			PlacementJudge placement, SimulationLog log) {
		this.random = random;
		this.client = client.on(RequestSucceeded.class, (event) -> this.served = event.getLocation());
		this.other = other.on(ReadUnproven.class, (event) -> judge.disclose());
		this.history = history;
		this.judge = judge;
		this.placement = placement;
		this.log = log;
		this.versions = new VersionDeletions(random, client, history, placement, log);
	}

	void call(String key) {
		switch (this.random.nextInt(5)) {
			case 0 -> putIf(key);
			case 1 -> this.versions.call(key);
			case 2 -> deleteIf(List.of(key, Workload.key(this.random.nextInt(2))).stream().distinct().toList());
			case 3 -> list();
			default -> getElsewhere(key);
		}
	}

	private void putIf(String key) {
		List<String> contents = this.history.contents(key);
		boolean creates = contents.isEmpty() || this.random.nextInt(4) == 0;
		String expected = creates ? null : contents.get(Math.max(0, contents.size() - 1 - this.random.nextInt(4)));
		String content = "own-if-" + ++this.written;
		Moment began = this.judge.begin();
		ToldWrite write = this.history.begin(key, content);
		this.history.calls(List.of(write));
		try {
			write.versionId = this.client
				.putObject((put) -> put.bucket("east")
					.key(key)
					.ifMatch((expected != null) ? StoredVersion.eTagOf(expected) : null)
					.ifNoneMatch(creates ? "*" : null), RequestBody.fromString(content))
				.versionId();
			log("wrote %s as %s in place of %s", content, key, expected);
			this.placement.replaced(key, expected, Objects.requireNonNull(this.served), began);
			this.history.acknowledged(write, this.served);
		}
		catch (SdkException ex) {
			log("failed to write %s as %s in place of %s: %s", content, key, expected, ex);
			notWritten(key, write, isDenial(ex));
			if (expected != null && ex instanceof S3Exception answer && answer.statusCode() == 412) {
				this.judge.denied(key, expected, began);
			}
			else if (ex instanceof NotReplicatedException) {
				this.placement.unchecked(key, began);
			}
		}
		finally {
			this.history.returns();
		}
	}

	private void notWritten(String key, ToldWrite write, boolean denied) {
		if (denied) {
			this.history.denied(key, write);
		}
		else {
			this.history.failed(write);
		}
	}

	private static boolean isDenial(SdkException error) {
		return error instanceof NotReplicatedException
				|| (error instanceof S3Exception answer && answer.statusCode() < 500);
	}

	/**
	 * Delete objects of which some content was written, each only if it is still there.
	 */
	private void deleteIf(List<String> keys) {
		Map<String, String> expected = new LinkedHashMap<>();
		keys.forEach((key) -> this.history.contents(key)
			.stream()
			.skip(this.random.nextInt(3))
			.findFirst()
			.ifPresent((content) -> expected.put(key, content)));
		if (expected.isEmpty()) {
			return;
		}
		Moment began = this.judge.begin();
		Map<String, ToldWrite> writes = new LinkedHashMap<>();
		expected.keySet().forEach((key) -> writes.put(key, this.history.begin(key, null)));
		this.history.calls(List.copyOf(writes.values()));
		try {
			DeleteObjectsResponse response = this.client
				.deleteObjects((delete) -> delete.bucket("east").delete((batch) -> batch.objects(objects(expected))));
			log("deleted in place of %s: %s", expected, response);
			response.deleted().forEach((deleted) -> {
				LocationRole role = SimulatedPair.deleterOf(deleted, expected.size(), this.served);
				this.placement.replaced(deleted.key(), expected.get(deleted.key()), role, began);
				this.history.acknowledged(Objects.requireNonNull(writes.get(deleted.key())), role);
			});
			response.errors().forEach((error) -> {
				notWritten(error.key(), Objects.requireNonNull(writes.get(error.key())),
						DENIALS.contains(error.code()));
				if ("PreconditionFailed".equals(error.code())) {
					this.judge.denied(error.key(), Objects.requireNonNull(expected.get(error.key())), began);
				}
				else if (NotReplicatedException.CODE.equals(error.code())) {
					this.placement.unchecked(error.key(), began);
				}
			});
		}
		catch (SdkException ex) {
			log("failed to delete in place of %s: %s", expected, ex);
			writes.forEach((key, write) -> notWritten(key, write, isDenial(ex)));
		}
		finally {
			this.history.returns();
		}
	}

	private static List<ObjectIdentifier> objects(Map<String, String> expected) {
		return expected.entrySet()
			.stream()
			.map((object) -> ObjectIdentifier.builder()
				.key(object.getKey())
				.eTag(StoredVersion.eTagOf(object.getValue()))
				.build())
			.toList();
	}

	private void list() {
		Moment began = this.judge.begin();
		try {
			Map<String, String> page = new HashMap<>();
			for (S3Object object : this.client.listObjectsV2((list) -> list.bucket("east").prefix("key")).contents()) {
				page.put(object.key(), Objects.requireNonNull(this.history.bytesOf(object.eTag())));
			}
			log("listed %s", page);
			Workload.keys().forEach((key) -> this.judge.listed(key, page.get(key), began));
			this.placement.listed(began);
		}
		catch (SdkException ex) {
			log("failed to list: %s", ex);
		}
	}

	private void getElsewhere(String key) {
		Optional<WriteToken> token = this.client.lastWrite(key);
		if (token.isEmpty()) {
			return;
		}
		Moment began = this.judge.begin();
		try {
			String content = Workload
				.contentOf(this.other.after(token.get()).getObjectAsBytes((get) -> get.bucket("east").key(key)));
			log("get %s elsewhere: %s", key, content);
			this.judge.showedOther(key, content, began);
		}
		catch (SdkException ex) {
			log("get %s elsewhere: %s", key, ex);
			if (ex instanceof S3Exception answer && answer.statusCode() == 404) {
				this.judge.showedOther(key, null, began);
			}
		}
	}

	private void log(String format, @Nullable Object... arguments) {
		this.log.add(this.history.tick(), format, arguments);
	}

}
