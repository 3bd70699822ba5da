package io.s3s3;

import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.awspring.cloud.s3.S3OutputStream;
import io.s3s3.consistency.WriteToken;
import io.s3s3.event.RequestEvent;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

import org.springframework.core.io.Resource;

/**
 * The common S3 operations on the objects of a pair of buckets that replicate to each
 * other. No call names a bucket: one that does is refused with an
 * {@link IllegalArgumentException}.
 * <p>
 * Every method throws what the AWS SDK throws: an
 * {@link software.amazon.awssdk.services.s3.model.S3Exception} when S3 answers with an
 * error, such as {@link software.amazon.awssdk.services.s3.model.NoSuchKeyException}, and
 * an {@link software.amazon.awssdk.core.exception.SdkClientException} when it does not
 * answer. {@link io.s3s3.failure.FailoverTrace#of} tells what was tried.
 *
 * @since 0.1.0
 */
public interface FailoverS3Operations {

	/**
	 * Return a view that also notifies a listener of its calls. These operations are not
	 * changed.
	 * @param <E> the type of event
	 * @param type the type of event, or {@link RequestEvent} for all of them
	 * @param listener what to do with an event; what it throws is logged
	 * @return the view
	 */
	<E extends RequestEvent> FailoverS3Operations on(Class<E> type, Consumer<? super E> listener);

	/**
	 * Return a view whose reads return whatever the serving location has, even if it is
	 * stale.
	 * @return the view
	 */
	FailoverS3Operations asServed();

	/**
	 * Return a view whose reads of objects are hedged: a read that is not answered by the
	 * time most are is sent a second time, and the first successful answer is returned.
	 * @return the view
	 * @see FailoverS3Client#hedged
	 */
	FailoverS3Operations hedged();

	/**
	 * Return a view that, for one key, reads what another process has written, or throws
	 * an exception that says that it cannot.
	 * @param token what the other process got from {@link #lastWrite}
	 * @return the view
	 * @throws IllegalArgumentException if the token is of another pair of buckets
	 */
	FailoverS3Operations after(WriteToken token);

	/**
	 * Return a token that tells another process of the last write of a key, so that it
	 * reads {@linkplain #after after} that write.
	 * @param key the key
	 * @return the token, or empty if this process does not remember a write of the key
	 */
	Optional<WriteToken> lastWrite(String key);

	/**
	 * Store an object.
	 * @param request the request, without a bucket
	 * @param body the content; one that can be read only once is recorded while it is
	 * read, so that it can be sent again
	 * @return the response of the location that served the call
	 */
	PutObjectResponse putObject(PutObjectRequest request, RequestBody body);

	/**
	 * Store an object.
	 * @param request fills in the request, without a bucket
	 * @param body the content
	 * @return the response of the location that served the call
	 * @see #putObject(PutObjectRequest, RequestBody)
	 */
	default PutObjectResponse putObject(Consumer<PutObjectRequest.Builder> request, RequestBody body) {
		return putObject(PutObjectRequest.builder().applyMutation(request).build(), body);
	}

	/**
	 * Read an object as a stream, which the caller closes. If it breaks midway, it
	 * continues from another location; if no location can continue it, a read throws the
	 * error.
	 * @param request the request, without a bucket
	 * @return the stream, with the response
	 */
	default ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
		return getObject(request, ResponseTransformer.toInputStream());
	}

	/**
	 * Read an object as a stream, which the caller closes. If it breaks midway, it
	 * continues from another location; if no location can continue it, a read throws the
	 * error.
	 * @param request fills in the request, without a bucket
	 * @return the stream, with the response
	 */
	default ResponseInputStream<GetObjectResponse> getObject(Consumer<GetObjectRequest.Builder> request) {
		return getObject(GetObjectRequest.builder().applyMutation(request).build());
	}

	/**
	 * Read an object.
	 * @param <T> the type of the result
	 * @param request the request, without a bucket
	 * @param transformer turns the content into the result
	 * @return the result of the transformer
	 */
	<T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer);

	/**
	 * Read an object.
	 * @param <T> the type of the result
	 * @param request fills in the request, without a bucket
	 * @param transformer turns the content into the result
	 * @return the result of the transformer
	 */
	default <T> T getObject(Consumer<GetObjectRequest.Builder> request,
			ResponseTransformer<GetObjectResponse, T> transformer) {
		return getObject(GetObjectRequest.builder().applyMutation(request).build(), transformer);
	}

	/**
	 * Delete an object.
	 * @param request the request, without a bucket
	 * @return the response of the location that served the call
	 */
	DeleteObjectResponse deleteObject(DeleteObjectRequest request);

	/**
	 * Delete an object.
	 * @param request fills in the request, without a bucket
	 * @return the response of the location that served the call
	 */
	default DeleteObjectResponse deleteObject(Consumer<DeleteObjectRequest.Builder> request) {
		return deleteObject(DeleteObjectRequest.builder().applyMutation(request).build());
	}

	/**
	 * Delete up to 1,000 objects.
	 * @param request the request, without a bucket
	 * @return the response of the location that served the call; it lists the keys that
	 * could not be deleted
	 */
	DeleteObjectsResponse deleteObjects(DeleteObjectsRequest request);

	/**
	 * Delete up to 1,000 objects.
	 * @param request fills in the request, without a bucket
	 * @return the response of the location that served the call; it lists the keys that
	 * could not be deleted
	 */
	default DeleteObjectsResponse deleteObjects(Consumer<DeleteObjectsRequest.Builder> request) {
		return deleteObjects(DeleteObjectsRequest.builder().applyMutation(request).build());
	}

	/**
	 * List one page of objects, with the older version of the operation.
	 * @param request the request, without a bucket
	 * @return one page, of up to 1,000 objects
	 */
	ListObjectsResponse listObjects(ListObjectsRequest request);

	/**
	 * List one page of objects, with the older version of the operation.
	 * @param request fills in the request, without a bucket
	 * @return one page, of up to 1,000 objects
	 */
	default ListObjectsResponse listObjects(Consumer<ListObjectsRequest.Builder> request) {
		return listObjects(ListObjectsRequest.builder().applyMutation(request).build());
	}

	/**
	 * List one page of objects.
	 * @param request the request, without a bucket
	 * @return one page, of up to 1,000 objects
	 */
	ListObjectsV2Response listObjectsV2(ListObjectsV2Request request);

	/**
	 * List one page of objects.
	 * @param request fills in the request, without a bucket
	 * @return one page, of up to 1,000 objects
	 */
	default ListObjectsV2Response listObjectsV2(Consumer<ListObjectsV2Request.Builder> request) {
		return listObjectsV2(ListObjectsV2Request.builder().applyMutation(request).build());
	}

	/**
	 * Read the metadata of an object, without its content.
	 * @param request the request, without a bucket
	 * @return the response of the location that served the call
	 */
	HeadObjectResponse headObject(HeadObjectRequest request);

	/**
	 * Read the metadata of an object, without its content.
	 * @param request fills in the request, without a bucket
	 * @return the response of the location that served the call
	 */
	default HeadObjectResponse headObject(Consumer<HeadObjectRequest.Builder> request) {
		return headObject(HeadObjectRequest.builder().applyMutation(request).build());
	}

	/**
	 * Copy an object within the pair: {@code sourceKey} to {@code destinationKey}.
	 * @param request the request, without a bucket
	 * @return the response of the location that served the call
	 */
	CopyObjectResponse copyObject(CopyObjectRequest request);

	/**
	 * Copy an object within the pair: {@code sourceKey} to {@code destinationKey}.
	 * @param request fills in the request, without a bucket
	 * @return the response of the location that served the call
	 */
	default CopyObjectResponse copyObject(Consumer<CopyObjectRequest.Builder> request) {
		return copyObject(CopyObjectRequest.builder().applyMutation(request).build());
	}

	/**
	 * Store bytes.
	 * @param key the key of the object
	 * @param content the content
	 * @return the response of the location that served the call
	 */
	PutObjectResponse upload(String key, byte[] content);

	/**
	 * Store a file, with the content type of its name.
	 * @param key the key of the object
	 * @param content the file; it must not change during the call
	 * @return the response of the location that served the call
	 */
	PutObjectResponse upload(String key, Path content);

	/**
	 * Store a resource, with the content type of its name.
	 * @param key the key of the object
	 * @param content the resource; one that can be read only once is recorded while it is
	 * read, so that it can be sent again
	 * @return the response of the location that served the call
	 */
	PutObjectResponse upload(String key, Resource content);

	/**
	 * Store the content of a stream of known length.
	 * @param key the key of the object
	 * @param content the stream, which the caller closes; it is recorded while it is
	 * read, so that it can be sent again
	 * @param contentLength how many bytes it holds
	 * @return the response of the location that served the call
	 */
	PutObjectResponse upload(String key, InputStream content, long contentLength);

	/**
	 * Store the content of a stream, up to its end. Less than
	 * {@code s3s3.transfer.part-size} is sent in one request, more in parts.
	 * @param key the key of the object
	 * @param content the stream, which the caller closes; it is recorded while it is
	 * read, so that it can be sent again
	 * @return the response of the location that served the call
	 */
	PutObjectResponse upload(String key, InputStream content);

	/**
	 * Store an object of any size: like
	 * {@link #putObject(PutObjectRequest, RequestBody)}, but in parts that are sent in
	 * parallel if it is larger than {@code s3s3.transfer.multipart-threshold}, or of
	 * unknown length and larger than a part. When a location fails midway, the upload
	 * starts over at the other one. Listeners see a single {@code PutObject} call.
	 * @param request the request, without a bucket; one that has a checksum of the whole
	 * content is sent in one piece
	 * @param body the content
	 * @return the response of the location that served the call
	 */
	PutObjectResponse upload(PutObjectRequest request, RequestBody body);

	/**
	 * Open a stream that stores what is written to it as an object, which exists once the
	 * stream is closed. After {@link S3OutputStream#abort()} nothing is stored. The
	 * upload runs on a thread of its own while more is being written.
	 * @param key the key of the object
	 * @return the stream, which the caller closes or aborts
	 */
	S3OutputStream uploadAsStream(String key);

	/**
	 * Read an object into memory.
	 * @param key the key of the object
	 * @return the content
	 */
	byte[] downloadAsBytes(String key);

	/**
	 * Read an object as a stream, which the caller closes. If it breaks midway, it
	 * continues from another location; if no location can continue it, a read throws the
	 * error.
	 * @param key the key of the object
	 * @return the content
	 */
	InputStream downloadAsStream(String key);

	/**
	 * Return an object as a resource that reads it each time it is opened. No request is
	 * made before that.
	 * @param key the key of the object
	 * @return the resource
	 */
	Resource downloadAsResource(String key);

	/**
	 * Read an object into a new file, which appears only once it is complete: until then
	 * the content is in a hidden file next to it. A large object is fetched in parts, in
	 * parallel.
	 * @param key the key of the object
	 * @param target the file, which must not exist, in a directory that does
	 * @return the response, which holds the metadata of the object
	 */
	GetObjectResponse download(String key, Path target);

	/**
	 * Store a Java object as JSON, or in the format of the configured
	 * {@link io.awspring.cloud.s3.S3ObjectConverter}.
	 * @param key the key of the object
	 * @param object the Java object
	 * @return the response of the location that served the call
	 * @throws IllegalStateException if there is no converter
	 */
	PutObjectResponse store(String key, Object object);

	/**
	 * Read a Java object that was {@linkplain #store stored}.
	 * @param <T> its type
	 * @param key the key of the object
	 * @param type its type
	 * @return the Java object
	 * @throws IllegalStateException if there is no converter
	 */
	<T> T read(String key, Class<T> type);

	/**
	 * Return whether an object exists.
	 * @param key the key of the object
	 * @return whether it exists at the location that served the call
	 */
	boolean exists(String key);

	/**
	 * Delete an object. It is not an error if it does not exist.
	 * @param key the key of the object
	 * @return the response of the location that served the call
	 */
	default DeleteObjectResponse delete(String key) {
		return deleteObject((request) -> request.key(key));
	}

	/**
	 * List all objects whose key begins with a prefix, in the order of S3. Pages are
	 * fetched as the stream or its iterator is read, and each page may come from another
	 * location: the listing continues after the last key seen. Reading on fails with an
	 * {@link software.amazon.awssdk.core.exception.SdkClientException} if a location
	 * answers with a page that does not continue there.
	 * @param prefix the prefix, empty for all objects
	 * @return the objects, each once
	 */
	Stream<S3Object> listAll(String prefix);

	/**
	 * Sign a URL that reads an object at the location in use.
	 * @param key the key of the object
	 * @param validity how long the URL is valid, at most 7 days
	 * @return the URL; it is bound to that location
	 */
	URL createSignedGetUrl(String key, Duration validity);

	/**
	 * Sign a URL that stores an object at the location in use.
	 * @param key the key of the object
	 * @param validity how long the URL is valid, at most 7 days
	 * @return the URL; it is bound to that location
	 */
	URL createSignedPutUrl(String key, Duration validity);

}
