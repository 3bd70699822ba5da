package io.s3s3.consistency;

import java.util.List;
import java.util.Random;

import io.s3s3.FailoverS3Client;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;

/**
 * Deletions of versions, by which a process takes back what it wrote, or that it deleted
 * something. Not thread-safe.
 */
final class VersionDeletions {

	private final Random random;

	private final FailoverS3Client client;

	private final OwnHistory history;

	private final PlacementJudge placement;

	private final SimulationLog log;

	VersionDeletions(Random random, FailoverS3Client client, OwnHistory history, PlacementJudge placement,
			SimulationLog log) {
		this.random = random;
		this.client = client;
		this.history = history;
		this.placement = placement;
		this.log = log;
	}

	/**
	 * Delete a version that was written, rather the last one. What it replaced may be
	 * back from then on.
	 */
	void call(String key) {
		List<ToldWrite> named = this.history.writes(key).stream().filter((write) -> write.versionId != null).toList();
		if (named.isEmpty()) {
			return;
		}
		ToldWrite write = named.get(Math.max(0, named.size() - 1 - this.random.nextInt(3)));
		write.takenBack = true;
		write.leaving = true;
		this.history.calls(List.of());
		try {
			Object answer = this.random.nextBoolean() ? deleteVersion(key, write.versionId)
					: deleteInBatch(key, write.versionId);
			write.gone = !(answer instanceof DeleteObjectsResponse batch && !batch.errors().isEmpty());
			log("deleted %s of %s: %s", write.versionId, key, answer);
			this.placement.deleted(key, write);
		}
		catch (SdkException ex) {
			log("failed to delete %s of %s: %s", write.versionId, key, ex);
		}
		finally {
			write.leaving = false;
			this.history.returns();
		}
	}

	private Object deleteVersion(String key, @Nullable String id) {
		return this.client.deleteObject((delete) -> delete.bucket("east").key(key).versionId(id));
	}

	private Object deleteInBatch(String key, @Nullable String id) {
		return this.client.deleteObjects((delete) -> delete.bucket("east")
			.delete((batch) -> batch.objects((object) -> object.key(key).versionId(id))));
	}

	private void log(String format, @Nullable Object... arguments) {
		this.log.add(this.history.tick(), format, arguments);
	}

}
