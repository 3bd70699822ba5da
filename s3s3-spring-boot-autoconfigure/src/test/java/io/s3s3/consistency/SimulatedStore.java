package io.s3s3.consistency;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.s3s3.consistency.LateAnswers.Sight;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.NonRetryableException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * A store behind its {@link Weather}, as a client of it sees it. Only what a client that
 * fails over calls is there. Not thread-safe.
 */
final class SimulatedStore implements S3Client {

	private final SimulatedBucket bucket;

	private final Weather weather;

	private final StoreAnswers answers;

	private final Consumer<StoredVersion> replication;

	/** Whether the answer to a copy has a version id: that of Ceph never has. */
	private final boolean tellsCopies;

	SimulatedStore(SimulatedBucket bucket, Weather weather, StoreAnswers answers, Consumer<StoredVersion> replication,
			boolean tellsCopies) {
		this.bucket = bucket;
		this.weather = weather;
		this.answers = answers;
		this.replication = replication;
		this.tellsCopies = tellsCopies;
	}

	SimulatedBucket bucket() {
		return this.bucket;
	}

	Weather weather() {
		return this.weather;
	}

	/**
	 * Write as another application would, past the weather.
	 * @param content the content, {@code null} to delete the object
	 */
	StoredVersion write(String key, @Nullable String content) {
		StoredVersion version = this.bucket.write(key, content, this.answers.clock().get());
		this.replication.accept(version);
		return version;
	}

	@Override
	public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
		String content = read(body);
		return this.weather.write(() -> {
			requireCondition(request);
			StoredVersion version = write(request.key(), content);
			return this.answers.answer(PutObjectResponse.builder().eTag(version.eTag()).versionId(idOf(version)));
		});
	}

	@Override
	public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
		return this.weather.write(() -> {
			StoredVersion marker = write(request.key(), null);
			return this.answers.answer(DeleteObjectResponse.builder()
				.deleteMarker(this.bucket.isVersioned() ? true : null)
				.versionId(idOf(marker)));
		});
	}

	@Override
	public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest request) {
		return this.weather.write(() -> {
			List<DeletedObject> deleted = request.delete().objects().stream().map((object) -> {
				StoredVersion marker = write(object.key(), null);
				return DeletedObject.builder()
					.key(object.key())
					.deleteMarker(this.bucket.isVersioned() ? true : null)
					.deleteMarkerVersionId(idOf(marker))
					.build();
			}).toList();
			return this.answers.answer(DeleteObjectsResponse.builder().deleted(deleted));
		});
	}

	@Override
	public CopyObjectResponse copyObject(CopyObjectRequest request) {
		return this.weather.write(() -> {
			StoredVersion source = source(request);
			requireMatch(source, request.copySourceIfMatch(), request.copySourceIfNoneMatch());
			StoredVersion copy = write(request.destinationKey(), source.content());
			return this.answers.answer(CopyObjectResponse.builder()
				.versionId(this.tellsCopies ? idOf(copy) : null)
				.copySourceVersionId(idOf(source))
				.copyObjectResult((result) -> result.eTag(copy.eTag()).lastModified(StoreAnswers.lastModified(copy))));
		});
	}

	private StoredVersion source(CopyObjectRequest request) {
		if (request.sourceKey() != null) {
			return find(request.sourceKey(), request.sourceVersionId());
		}
		String[] source = request.copySource().split("\\?versionId=");
		String path = URLDecoder.decode(source[0], StandardCharsets.UTF_8);
		return find(path.substring(path.indexOf('/', 1) + 1), (source.length > 1) ? source[1] : null);
	}

	@Override
	public HeadObjectResponse headObject(HeadObjectRequest request) {
		Sight seen = LateAnswers.look(this, request);
		return this.answers.answer(HeadObjectResponse.builder()
			.eTag(seen.version().eTag())
			.versionId(seen.id())
			.contentLength((long) seen.version().bytes().length)
			.lastModified(StoreAnswers.lastModified(seen.version())));
	}

	@Override
	public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
		Sight seen = LateAnswers.look(this, request);
		GetObjectResponse response = this.answers.answer(GetObjectResponse.builder()
			.eTag(seen.version().eTag())
			.versionId(seen.id())
			.contentLength((long) seen.version().bytes().length)
			.lastModified(StoreAnswers.lastModified(seen.version())));
		return transformed(transformer, response, seen.version().bytes());
	}

	/**
	 * Return what a GET or HEAD shows.
	 */
	Sight look(S3Request request) {
		return this.weather.read(() -> {
			StoredVersion version = find(Objects.requireNonNull(field(request, "Key")), field(request, "VersionId"));
			requireMatch(version, field(request, "IfMatch"), field(request, "IfNoneMatch"));
			return new Sight(version, idOf(version));
		});
	}

	private static @Nullable String field(S3Request request, String name) {
		return request.getValueForField(name, String.class).orElse(null);
	}

	// As the SDK does it.
	private static <T> T transformed(ResponseTransformer<GetObjectResponse, T> transformer, GetObjectResponse response,
			byte[] body) {
		try {
			return transformer.transform(response, AbortableInputStream.create(new ByteArrayInputStream(body)));
		}
		catch (RetryableException | AbortedException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw NonRetryableException.builder().cause(ex).message(ex.getMessage()).build();
		}
	}

	@Override
	public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
		return this.weather.read(() -> {
			List<String> keys = new ArrayList<>(this.bucket.keys(request.prefix()));
			keys.removeIf((key) -> this.bucket.content(key) == null);
			return this.answers.answer(ListObjectsV2Response.builder()
				.isTruncated(false)
				.keyCount(keys.size())
				.contents(keys.stream().map(this.bucket::current).map(StoreListing::object).toList()));
		});
	}

	@Override
	public ListObjectVersionsResponse listObjectVersions(ListObjectVersionsRequest request) {
		return this.weather.read(() -> this.answers.answer(StoreListing.versions(this.bucket, request)));
	}

	private StoredVersion find(String key, @Nullable String id) {
		if (id != null && this.bucket.isVersioned()) {
			return findVersion(key, id);
		}
		StoredVersion current = this.bucket.current(key);
		if (current == null || current.isMarker()) {
			throw this.answers.missing(this.bucket.isVersioned() ? current : null);
		}
		return current;
	}

	private StoredVersion findVersion(String key, String id) {
		StoredVersion version = this.bucket.version(key, id);
		if (version == null) {
			throw this.answers.error(404, "NoSuchVersion");
		}
		if (version.isMarker()) {
			throw this.answers.error(405, "MethodNotAllowed");
		}
		return version;
	}

	private void requireMatch(StoredVersion version, @Nullable String ifMatch, @Nullable String ifNoneMatch) {
		if (ifMatch != null && !isSame(ifMatch, version)) {
			throw this.answers.error(412, "PreconditionFailed");
		}
		if (ifNoneMatch != null && isSame(ifNoneMatch, version)) {
			throw this.answers.error(304, null);
		}
	}

	private void requireCondition(PutObjectRequest request) {
		if (request.ifMatch() != null) {
			requireMatch(find(request.key(), null), request.ifMatch(), null);
		}
		if (request.ifNoneMatch() != null && this.bucket.content(request.key()) != null) {
			throw this.answers.error(412, "PreconditionFailed");
		}
	}

	private static boolean isSame(String eTag, StoredVersion version) {
		return eTag.replace("\"", "").equals(version.eTag().replace("\"", ""));
	}

	private @Nullable String idOf(StoredVersion version) {
		return this.bucket.isVersioned() ? version.id() : null;
	}

	private static String read(RequestBody body) {
		try {
			return new String(body.contentStreamProvider().newStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the clock of the store.
	 */
	Supplier<Instant> clock() {
		return this.answers.clock();
	}

	@Override
	public String serviceName() {
		return "s3";
	}

	@Override
	public void close() {
	}

}
