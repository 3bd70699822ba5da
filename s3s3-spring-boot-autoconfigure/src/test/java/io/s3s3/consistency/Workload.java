package io.s3s3.consistency;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

import io.s3s3.FailoverS3Client;
import io.s3s3.event.ReadUnproven;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestSent;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The calls of one process, by chance, each of them judged. Not thread-safe.
 */
final class Workload {

	private static final int KEYS = 5;

	/** What a copy leaves whose source has nothing that is known. */
	static final String UNKNOWN = "unknown";

	private final Random random;

	private final FailoverS3Client client;

	private final OwnHistory history;

	private final Judge judge;

	private final PlacementJudge placement;

	private final SimulationLog log;

	/** What the innermost call is about. */
	private String subject = "";

	/** Where the last call was served. */
	private @Nullable LocationRole served;

	private int written;

	/** How many of 12 calls are less simple. */
	private final int rarely;

	private final SimpleWrites writes;

	private final RareCalls rare;

	Workload(Random random, FailoverS3Client client, FailoverS3Client other, OwnHistory history, Judge judge,
			PlacementJudge placement, SimulationLog log) {
		this.random = random;
		this.client = client.on(RequestEvent.class, this::told);
		this.history = history;
		this.judge = judge;
		this.placement = placement;
		this.log = log;
		this.rarely = (random.nextInt(4) == 0) ? 8 : 2;
		this.writes = new SimpleWrites(random, this.client, history, judge, log, (subject) -> this.subject = subject);
		this.rare = new RareCalls(random, this.client, other, history, judge, placement, log);
	}

	private void told(RequestEvent event) {
		if (event instanceof ReadUnproven) {
			this.judge.disclose();
		}
		if (event instanceof RequestSucceeded succeeded) {
			this.served = succeeded.getLocation();
		}
		if (!(event instanceof RequestSent || event instanceof RequestCompleted)) {
			log("  %s: %s", this.subject, event);
		}
	}

	static String key(int number) {
		return "key" + number;
	}

	String anyKey() {
		return key(this.random.nextInt(KEYS));
	}

	static List<String> keys() {
		return Stream.iterate(0, (number) -> number + 1).limit(KEYS).map(Workload::key).toList();
	}

	void call() {
		int chance = this.random.nextInt(12);
		if (chance == 0) {
			copy(anyKey(), anyKey());
		}
		else if (chance <= this.rarely) {
			this.rare.call(anyKey());
		}
		else {
			simpleCall();
		}
	}

	/**
	 * Make a call that may come in the middle of another one.
	 */
	void simpleCall() {
		String key = anyKey();
		switch (this.random.nextInt(12)) {
			case 0, 1, 2, 3 -> this.writes.put(key);
			case 4 -> this.writes.delete(key);
			case 5 -> this.writes.deleteTogether(List.of(key, anyKey()).stream().distinct().toList());
			case 6, 7, 8 -> get(key);
			case 9 -> head(key);
			case 10 -> getUnlessMatch(key);
			default -> getIfMatch(key);
		}
	}

	void get(String key) {
		read("get", key, (any) -> contentOf(this.client.getObjectAsBytes((get) -> get.bucket("east").key(key))));
	}

	static String contentOf(ResponseBytes<GetObjectResponse> object) {
		return StoredVersion.content(object.asUtf8String(), object.response().metadata());
	}

	private void head(String key) {
		read("head", key, (any) -> {
			HeadObjectResponse head = this.client.headObject((request) -> request.bucket("east").key(key));
			return StoredVersion.content(Objects.requireNonNull(this.history.bytesOf(head.eTag())), head.metadata());
		});
	}

	private void read(String name, String key, Function<Moment, String> call) {
		Moment began = begin(key);
		int calls = this.judge.calls();
		try {
			String content = call.apply(began);
			log("%s %s: %s", name, key, content);
			this.placement.cost(key, content, began);
			this.judge.showed(key, content, began);
		}
		catch (SdkException ex) {
			log("%s %s: %s", name, key, ex);
			missed(key, ex, began);
		}
		this.placement.asked(key, calls, began);
	}

	private void missed(String key, SdkException error, Moment began) {
		if (error instanceof NotReplicatedException) {
			this.judge.refused(key, null, began);
		}
		else if (error instanceof S3Exception answer && answer.statusCode() == 404) {
			this.judge.showed(key, null, began);
			this.placement.missed(key, began);
		}
		else {
			this.judge.failed(key, error, began);
		}
	}

	private void getUnlessMatch(String key) {
		String known = anyContent(key);
		read("get unless " + known, key, (began) -> {
			try {
				return contentOf(this.client
					.getObjectAsBytes((get) -> get.bucket("east").key(key).ifNoneMatch(StoredVersion.eTagOf(known))));
			}
			catch (S3Exception ex) {
				if (ex.statusCode() == 304) {
					return this.judge.named(key, known, began);
				}
				throw ex;
			}
		});
	}

	private void getIfMatch(String key) {
		String known = anyContent(key);
		Moment began = begin(key);
		try {
			String content = contentOf(this.client
				.getObjectAsBytes((get) -> get.bucket("east").key(key).ifMatch(StoredVersion.eTagOf(known))));
			log("get %s if %s: %s", key, known, content);
			this.judge.showed(key, content, began);
		}
		catch (SdkException ex) {
			log("get %s if %s: %s", key, known, ex);
			if (ex instanceof S3Exception answer && answer.statusCode() == 412) {
				this.judge.denied(key, known, began);
			}
			else if (ex instanceof NotReplicatedException) {
				this.judge.refused(key, known, began);
			}
			else {
				missed(key, ex, began);
			}
		}
	}

	/**
	 * Return a content that was written, rather a new one.
	 */
	private String anyContent(String key) {
		List<String> contents = this.history.contents(key);
		int last = contents.size() - 1;
		return contents.isEmpty() ? SimpleWrites.COMMON : contents.get(Math.max(0, last - this.random.nextInt(3)));
	}

	/**
	 * Copy an object, onto itself with other metadata. Which content it had the answer
	 * tells; without one it may be any.
	 */
	private void copy(String from, String to) {
		Moment began = begin(from);
		String number = from.equals(to) ? "#" + ++this.written : null;
		List<ToldWrite> possible = new ArrayList<>();
		Stream.concat(this.history.contents(from).stream(), Stream.of(UNKNOWN))
			.map((content) -> copyOf(content, number))
			.distinct()
			.forEach((content) -> possible.add(this.history.begin(to, content)));
		this.history.calls(possible);
		this.placement.beginCopy();
		try {
			CopyObjectResponse response = this.client.copyObject((copy) -> copy.sourceBucket("east")
				.sourceKey(from)
				.destinationBucket("east")
				.destinationKey(to)
				.metadataDirective((number != null) ? MetadataDirective.REPLACE : MetadataDirective.COPY)
				.metadata((number != null) ? StoredVersion.metadataOf(number) : Map.of()));
			String source = this.placement.copied(Objects.requireNonNull(this.served));
			String content = copyOf(source, number);
			// A copy shows nothing to the process: it may have another ETag than its
			// source.
			this.judge.showedElsewhere(from, source, began);
			log("copied %s of %s to %s: %s", source, from, to, response.versionId());
			ToldWrite write = this.history.chosen(to, possible, content);
			write.versionId = response.versionId();
			this.history.acknowledged(write, this.served);
		}
		catch (SdkException ex) {
			possible.forEach(this.history::failed);
			log("failed to copy %s to %s: %s", from, to, ex);
			missed(from, ex, began);
		}
		finally {
			this.placement.copied(from, began);
			this.history.returns();
		}
	}

	private static String copyOf(String content, @Nullable String number) {
		return (number != null) ? StoredVersion.bytesOf(content) + number : content;
	}

	private Moment begin(String subject) {
		this.subject = subject;
		return this.judge.begin();
	}

	private void log(String format, @Nullable Object... arguments) {
		this.log.add(this.history.tick(), format, arguments);
	}

}
